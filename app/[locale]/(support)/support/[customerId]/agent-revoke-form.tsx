'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { revokeForCustomerAction } from '../actions.ts'

export function AgentRevokeForm({ customerId, credentialId }: { customerId: string; credentialId: string }) {
  const t = useTranslations('support.page.revoke')
  const [state, action] = useActionState(revokeForCustomerAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-8 border border-danger-line bg-danger-soft p-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <p>{t('consequence')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="credentialId" value={credentialId} />
      <ReasonField state={state} readBy="customer" />
      <SubmitButton tone="danger">{t('submit')}</SubmitButton>
    </form>
  )
}
