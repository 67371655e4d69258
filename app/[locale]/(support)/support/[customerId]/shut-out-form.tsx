'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { shutOutDeeds } from '#lib/support/shut-out-deeds.ts'
import { shutOutAction } from '../actions.ts'

/** Somebody else may hold the customer's passwords. */
export function ShutOutForm({ customerId, mailboxId }: { customerId: string; mailboxId: number }) {
  const t = useTranslations('support.page.shutOut')
  const [state, action] = useActionState(shutOutAction, idle)
  const isDone = state.status === 'done' && state.result === 'done'
  return (
    <form action={action} className="space-y-4 rounded-8 border border-danger-line bg-danger-soft p-4">
      <ActionMessage state={state} />
      {isDone ? <Notice tone="success" role="status" title={t('done')} /> : null}
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <SelectField
        state={state}
        name="deed"
        label={t('deed')}
        hint={t('deedHint')}
        groups={[{ options: shutOutDeeds.map((value) => ({ value, label: t(value) })) }]}
      />
      <TextField state={state} name="reason" label={t('reason')} hint={t('reasonHint')} maxLength={200} required />
      <SubmitButton tone="danger">{t('submit')}</SubmitButton>
    </form>
  )
}
