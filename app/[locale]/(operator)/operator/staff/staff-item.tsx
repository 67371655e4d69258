import { useFormatter, useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { StaffView } from '#lib/staff/list-staff.ts'
import { ChangeRoleForm } from './change-role-form.tsx'
import { EndForm } from './end-form.tsx'

export function StaffItem({ colleague, canChange }: { colleague: StaffView; canChange: boolean }) {
  const t = useTranslations('staff')
  const format = useFormatter()
  const { id, displayName, login, mailAddress, role, isSelf, passkeys, lastSeenAt, endedAt } = colleague
  const time = (date: Date) => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  const isWorking = endedAt === null
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h3 className="text-std-18B-160 break-words">{displayName}</h3>
        <StatusBadge tone={isWorking ? 'good' : 'off'}>{isWorking ? t(`role.${role}`) : t('ended')}</StatusBadge>
      </div>
      <p className="break-words">{t('login', { login })}</p>
      <p className="break-words text-ink-muted">{mailAddress ?? t('noAddress')}</p>
      <p className="text-ink-muted">{t('passkeys', { count: passkeys })}</p>
      {isWorking ? (
        <p className="text-ink-muted">{lastSeenAt === null ? t('neverSeen') : t('seen', { time: time(lastSeenAt) })}</p>
      ) : (
        <p className="text-ink-muted">{t('endedAt', { time: time(endedAt) })}</p>
      )}
      {isSelf ? <p className="mt-3">{t('self')}</p> : null}
      {isWorking && canChange && !isSelf ? (
        <Disclosure summary={t('change', { name: displayName })} className="mt-3">
          <div className="space-y-8">
            <ChangeRoleForm accountId={id} current={role} />
            <EndForm accountId={id} />
          </div>
        </Disclosure>
      ) : null}
    </li>
  )
}
