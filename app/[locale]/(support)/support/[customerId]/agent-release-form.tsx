'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { releaseForCustomerAction } from '../actions.ts'

/** The mailbox reached its sending limits too often; the agent has talked to its owner and lets it send again. */
export function AgentReleaseForm({ customerId, mailboxId }: { customerId: string; mailboxId: number }) {
  const t = useTranslations('support.page.held')
  const [state, action] = useActionState(releaseForCustomerAction, idle)
  return (
    <form action={action} className="mt-4 space-y-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <Notice tone="warning" title={t('title')}>
        <p>{t('body')}</p>
        <input type="hidden" name="customerId" value={customerId} />
        <input type="hidden" name="mailboxId" value={mailboxId} />
        <ReasonField state={state} readBy="customer" />
        <SubmitButton>{t('submit')}</SubmitButton>
      </Notice>
    </form>
  )
}
