'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { ApprovalState } from '#lib/approved-deeds/list-approvals.ts'
import { idle } from '#lib/http/action-state.ts'
import { doApprovedAction } from './actions.ts'

/** One press, and what was approved is done; nothing has to be filled in again. */
export function DoApprovedForm({ approvalId, state: approval }: { approvalId: string; state: ApprovalState }) {
  const t = useTranslations('approvals.do')
  const [state, action] = useActionState(doApprovedAction, idle)
  if (state.status === 'done') return <DoneNotice of={state} title={t('done')} className="mt-4" />
  if (approval !== 'approved') return null
  return (
    <form action={action} className="mt-4 space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="approvalId" value={approvalId} />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
