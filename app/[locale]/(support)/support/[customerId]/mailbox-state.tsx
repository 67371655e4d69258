import { useFormatter, useTranslations } from 'next-intl'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { AssistedMailbox } from '#lib/support/read-assisted-mailbox.ts'

/** How a mailbox stands, in one look: whether it may be used, its holds and its limits. */
export function MailboxState({ mailbox }: { mailbox: AssistedMailbox }) {
  const t = useTranslations('support.page')
  const format = useFormatter()
  const { suspendedAt, sendingHeldAt, closesAt, sendingMethod, aliases, liveSessions, windows } = mailbox
  const moment = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  const fullness = Math.round((mailbox.usedBytes / mailbox.quotaBytes) * 100)
  const isAtLimit = mailbox.recipientsOfDay >= mailbox.maxRecipientsPerDay
  return (
    <>
      <p className="mb-3 flex flex-wrap gap-2">
        <StatusBadge tone={suspendedAt === null ? 'good' : 'bad'}>
          {t(suspendedAt === null ? 'active' : 'suspended')}
        </StatusBadge>
        {sendingHeldAt === null ? null : <StatusBadge tone="bad">{t('held.badge')}</StatusBadge>}
        {isAtLimit ? <StatusBadge tone="bad">{t('atLimit')}</StatusBadge> : null}
        {fullness >= 100 ? <StatusBadge tone="bad">{t('full')}</StatusBadge> : null}
        {closesAt === null ? null : <StatusBadge tone="waiting">{t('closes', { at: moment(closesAt) })}</StatusBadge>}
      </p>
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        <li>{t(`method.${sendingMethod}`)}</li>
        <li>{t('fullness', { percent: fullness })}</li>
        <li>{t('sentToday', { count: mailbox.recipientsOfDay, limit: mailbox.maxRecipientsPerDay })}</li>
        <li>{t('liveSessions', { count: liveSessions })}</li>
        {windows.map(({ address, expiresAt }) => (
          <li key={address} className="break-words">
            {t('window', { address, until: format.dateTime(new Date(expiresAt), { timeStyle: 'short' }) })}
          </li>
        ))}
        {aliases.length === 0 ? null : (
          <li className="break-all sm:col-span-2">{t('aliases', { addresses: aliases.join(' ・ ') })}</li>
        )}
      </ul>
    </>
  )
}
