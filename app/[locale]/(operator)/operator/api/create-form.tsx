'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import { apiScopes } from '#lib/accounts/api-scopes.ts'
import { idle } from '#lib/http/action-state.ts'
import { createApiTokenAction } from './actions.ts'

const lifetimes = [7, 30, 90, 365] as const

export function CreateForm() {
  const t = useTranslations('apiTokens')
  const [state, action] = useActionState(createApiTokenAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <TextField state={state} name="name" label={t('name')} hint={t('nameHint')} maxLength={60} required />
      <CheckboxGroup
        state={state}
        name="scopes"
        legend={t('scopes')}
        options={apiScopes.map((value) => ({ value, label: `${t(`scope.${value}`)} (${value})` }))}
        defaultValues={[]}
      />
      <SelectField
        state={state}
        name="days"
        label={t('lifetime')}
        defaultValue="90"
        options={lifetimes.map((days) => ({ value: String(days), label: t('days', { days }) }))}
      />
      <SubmitButton>{t('create')}</SubmitButton>
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('created.title')}>
          <p>{t('created.once')}</p>
          <ValueList values={[{ label: t('token'), value: state.result.token, long: true }]} />
        </DoneNotice>
      ) : null}
    </form>
  )
}
