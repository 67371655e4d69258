'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { IdentityFields } from '#components/form/identity-fields.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { requestClosingAction } from './actions.ts'

export function ClosingForm({ mailboxId, asksForCode }: { mailboxId: number; asksForCode: boolean }) {
  const t = useTranslations('account.close')
  const [state, action] = useActionState(requestClosingAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <CheckboxGroup
        state={state}
        name="understood"
        legend={t('understood')}
        options={[{ value: 'on', label: t('understoodOption') }]}
        defaultValues={[]}
      />
      <IdentityFields state={state} asksForCode={asksForCode} />
      <SubmitButton tone="danger">{t('submit')}</SubmitButton>
    </form>
  )
}
