'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { StaffRole } from '#lib/accounts/actor.ts'
import { idle } from '#lib/http/action-state.ts'
import { changeStaffRoleAction } from './actions.ts'
import { RoleField } from './role-field.tsx'

export function ChangeRoleForm({ accountId, current }: { accountId: string; current: StaffRole }) {
  const t = useTranslations('staff')
  const [state, action] = useActionState(changeStaffRoleAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <input type="hidden" name="accountId" value={accountId} />
      <RoleField state={state} current={current} />
      <ReasonField state={state} readBy="colleagues" />
      <SubmitButton>{t('changeRole')}</SubmitButton>
    </form>
  )
}
