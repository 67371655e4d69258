'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { decideApprovalAction } from './actions.ts'

const verdicts = ['approve', 'refuse'] as const

export function DecideForm({ approvalId }: { approvalId: string }) {
  const t = useTranslations('approvals.decide')
  const [state, action] = useActionState(decideApprovalAction, idle)
  return (
    <form action={action} className="mt-3 space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="approvalId" value={approvalId} />
      <SelectField
        state={state}
        name="verdict"
        label={t('verdict')}
        groups={[{ options: verdicts.map((value) => ({ value, label: t(value) })) }]}
      />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
