'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { revokeCredentialAction } from './actions.ts'

/** Opening it is the first step, the button in it the second: nobody revokes by accident. */
export function RevokeForm({ credentialId, label }: { credentialId: string; label: string }) {
  const t = useTranslations('credentials.revoke')
  const [state, action] = useActionState(revokeCredentialAction, idle)
  return (
    <form action={action} className="mb-3 space-y-4 rounded-8 border border-danger-line bg-danger-soft p-4">
      <ActionMessage state={state} />
      <p>{t('question', { label })}</p>
      <p>{t('consequence')}</p>
      <input type="hidden" name="credentialId" value={credentialId} />
      <SubmitButton tone="danger">{t('submit')}</SubmitButton>
    </form>
  )
}
