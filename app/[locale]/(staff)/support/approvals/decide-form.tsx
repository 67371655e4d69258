'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { decideApprovalAction } from './actions.ts'

export function DecideForm({ approvalId }: { approvalId: string }) {
  const t = useTranslations('approvals.decide')
  const [state, action] = useActionState(decideApprovalAction, idle)
  return (
    <form action={action} className="mt-4 space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="approvalId" value={approvalId} />
      <p className="flex flex-wrap gap-3">
        <SubmitButton name="verdict" value="approve">
          {t('approve')}
        </SubmitButton>
        <SubmitButton name="verdict" value="refuse" tone="secondary">
          {t('refuse')}
        </SubmitButton>
      </p>
    </form>
  )
}
