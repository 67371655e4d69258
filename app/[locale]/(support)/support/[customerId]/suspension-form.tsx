'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { resumeMailboxAction, suspendMailboxAction } from '../actions.ts'

type SuspensionFormProps = { readonly customerId: string; readonly mailboxId: number; readonly isSuspended: boolean }

/** Suspends a mailbox with words for its owner, or resumes it. */
export function SuspensionForm({ customerId, mailboxId, isSuspended }: SuspensionFormProps) {
  const t = useTranslations('support.page.suspension')
  const [state, action] = useActionState(isSuspended ? resumeMailboxAction : suspendMailboxAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <p>{isSuspended ? t('resumeBody') : t('suspendBody')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      {isSuspended ? null : (
        <>
          <TextField state={state} name="textJa" label={t('textJa')} hint={t('textHint')} maxLength={300} required />
          <TextField state={state} name="textEn" label={t('textEn')} hint={t('textHint')} maxLength={300} required />
        </>
      )}
      <ReasonField state={state} readBy="customer" />
      <SubmitButton tone={isSuspended ? 'primary' : 'danger'}>{isSuspended ? t('resume') : t('suspend')}</SubmitButton>
    </form>
  )
}
