'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { inviteStaffAction } from './actions.ts'
import { RoleField } from './role-field.tsx'

export function InviteForm() {
  const t = useTranslations('staff.invite')
  const [state, action] = useActionState(inviteStaffAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      {state.status === 'done' && state.result === 'done' ? <DoneNotice of={state} title={t('done')} /> : null}
      <TextField state={state} name="displayName" label={t('name')} maxLength={60} autoComplete="off" required />
      <TextField
        state={state}
        name="login"
        label={t('login')}
        hint={t('loginHint')}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        required
      />
      <TextField
        state={state}
        name="mailAddress"
        label={t('address')}
        hint={t('addressHint')}
        inputMode="email"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={254}
        required
      />
      <RoleField state={state} />
      <ReasonField state={state} readBy="colleagues" hint={t('reasonHint')} />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
