'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { requestClosingAction } from './actions.ts'

export function ClosingForm({ mailboxId }: { mailboxId: number }) {
  const t = useTranslations('account')
  const [state, action] = useActionState(requestClosingAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <CheckboxGroup
        state={state}
        name="understood"
        legend={t('close.understood')}
        options={[{ value: 'on', label: t('close.understoodOption') }]}
        defaultValues={[]}
      />
      <PasswordField
        state={state}
        name="password"
        label={t('export.password')}
        hint={t('export.passwordHint')}
        autoComplete="current-password"
        required
      />
      <SubmitButton tone="danger">{t('close.submit')}</SubmitButton>
    </form>
  )
}
