'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { endSessionAction } from './actions.ts'

export function EndSessionForm({ sessionId, isThisOne }: { sessionId: string; isThisOne: boolean }) {
  const t = useTranslations('security')
  const [state, action] = useActionState(endSessionAction, idle)
  return (
    <form action={action} className="mt-4 space-y-3">
      <ActionMessage state={state} />
      <input type="hidden" name="sessionId" value={sessionId} />
      <SubmitButton tone="secondary">{isThisOne ? t('endThis') : t('end')}</SubmitButton>
    </form>
  )
}
