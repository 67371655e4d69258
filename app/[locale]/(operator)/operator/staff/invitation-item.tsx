'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { InvitationView } from '#lib/staff/list-staff.ts'
import { withdrawStaffInvitationAction } from './actions.ts'

export function InvitationItem({ invitation }: { invitation: InvitationView }) {
  const t = useTranslations('staff')
  const format = useFormatter()
  const [state, action] = useActionState(withdrawStaffInvitationAction, idle)
  const { id, displayName, login, mailAddress, role, expiresAt } = invitation
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h3 className="text-std-18B-160 break-words">{displayName}</h3>
        <StatusBadge tone="waiting">{t(`role.${role}`)}</StatusBadge>
      </div>
      <p className="break-words">{t('login', { login })}</p>
      <p className="break-words text-ink-muted">{mailAddress}</p>
      <p className="text-ink-muted">
        {t('until', { time: format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
      </p>
      <form action={action} className="mt-3">
        <ActionMessage state={state} />
        <input type="hidden" name="invitationId" value={id} />
        <SubmitButton tone="secondary">{t('withdraw')}</SubmitButton>
      </form>
    </li>
  )
}
