'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { endStaffAction } from './actions.ts'

export function EndForm({ accountId }: { accountId: string }) {
  const t = useTranslations('staff')
  const [state, action] = useActionState(endStaffAction, idle)
  return (
    <form action={action} className="space-y-5 border-t border-line pt-6">
      <ActionMessage state={state} />
      <input type="hidden" name="accountId" value={accountId} />
      <p>{t('endLead')}</p>
      <ReasonField state={state} readBy="colleagues" />
      <SubmitButton tone="danger">{t('end')}</SubmitButton>
    </form>
  )
}
