'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { releaseSendingAction } from './actions.ts'

export function ReleaseForm({ mailboxId }: { mailboxId: number }) {
  const t = useTranslations('held.release')
  const [state, action] = useActionState(releaseSendingAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <p>{t('consequence')}</p>
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <ReasonField state={state} readBy="customer" />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
