'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { returnToPolicyAction } from './actions.ts'

export function ReturnForm({ version, basedOn }: { version: number; basedOn: number }) {
  const t = useTranslations('policy.history')
  const [state, action] = useActionState(returnToPolicyAction, idle)
  return (
    <form action={action} className="mt-3 space-y-3">
      <ActionMessage state={state} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="basedOn" value={basedOn} />
      <SubmitButton tone="secondary">{t('return', { version })}</SubmitButton>
    </form>
  )
}
