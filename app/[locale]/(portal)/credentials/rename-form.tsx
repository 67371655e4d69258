'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { renameCredentialAction } from './actions.ts'

export function RenameForm({ credentialId, label }: { credentialId: string; label: string }) {
  const t = useTranslations('credentials.rename')
  const [state, action] = useActionState(renameCredentialAction, idle)
  return (
    <form action={action} className="space-y-4 pb-4">
      <ActionMessage state={state} />
      <input type="hidden" name="credentialId" value={credentialId} />
      <TextField state={state} name="label" label={t('label')} defaultValue={label} maxLength={60} required />
      <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
      <p role="status" className="text-success">
        {state.status === 'done' ? t('done') : ''}
      </p>
    </form>
  )
}
