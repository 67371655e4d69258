'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { removePasskeyAction } from './passkey-actions.ts'

export function RemovePasskeyForm({ passkeyId }: { passkeyId: string }) {
  const t = useTranslations('security.passkeys')
  const [state, action] = useActionState(removePasskeyAction, idle)
  return (
    <form action={action} className="mt-3 space-y-3">
      <ActionMessage state={state} />
      <input type="hidden" name="passkeyId" value={passkeyId} />
      <SubmitButton tone="secondary">{t('remove')}</SubmitButton>
    </form>
  )
}
