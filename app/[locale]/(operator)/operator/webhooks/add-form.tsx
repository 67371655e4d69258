'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import { idle } from '#lib/http/action-state.ts'
import { webhookTypes } from '#lib/webhooks/webhook-types.ts'
import { addEndpointAction } from './actions.ts'

export function AddForm() {
  const t = useTranslations('webhooks')
  const [state, action] = useActionState(addEndpointAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <TextField state={state} name="url" type="url" label={t('url')} hint={t('urlHint')} maxLength={500} required />
      <TextField state={state} name="description" label={t('description')} maxLength={100} required />
      <CheckboxGroup
        state={state}
        name="types"
        legend={t('types')}
        options={webhookTypes.map((value) => ({ value, label: `${t(`type.${value}`)} (${value})` }))}
        defaultValues={[]}
      />
      <SubmitButton>{t('add')}</SubmitButton>
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('added.title')}>
          <p>{t('added.once')}</p>
          <ValueList values={[{ label: t('secret'), value: state.result.secret, long: true }]} />
        </DoneNotice>
      ) : null}
    </form>
  )
}
