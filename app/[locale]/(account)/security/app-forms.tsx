'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { beginAppAction, confirmAppAction, removeAppAction } from './second-step-actions.ts'

export function BeginAppForm() {
  const t = useTranslations('security.app')
  const [state, action] = useActionState(beginAppAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <SubmitButton>{t('begin')}</SubmitButton>
    </form>
  )
}

export function ConfirmAppForm() {
  const t = useTranslations('security.app')
  const [state, action] = useActionState(confirmAppAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <TextField
        state={state}
        name="code"
        label={t('digits')}
        hint={t('digitsHint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        required
      />
      <SubmitButton>{t('confirm')}</SubmitButton>
    </form>
  )
}

export function RemoveAppForm() {
  const t = useTranslations('security.app')
  const [state, action] = useActionState(removeAppAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <SubmitButton tone="secondary">{t('remove')}</SubmitButton>
    </form>
  )
}
