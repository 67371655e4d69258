'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { waivePasskeyAction } from '../security/passkey-actions.ts'

export function WaiveForm() {
  const t = useTranslations('security.first')
  const [state, action] = useActionState(waivePasskeyAction, idle)
  return (
    <form action={action} className="space-y-3">
      <ActionMessage state={state} />
      <SubmitButton tone="secondary">{t('waive')}</SubmitButton>
    </form>
  )
}
