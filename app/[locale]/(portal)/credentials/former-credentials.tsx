import { useFormatter, useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { CredentialView } from '#lib/accounts/index.ts'

/** Revoked and expired ones, folded away. */
export function FormerCredentials({ credentials }: { credentials: readonly CredentialView[] }) {
  const t = useTranslations('credentials.former')
  const format = useFormatter()
  if (credentials.length === 0) return null
  const day = (date: Date) => format.dateTime(date, { dateStyle: 'medium' })
  return (
    <Disclosure summary={t('title', { count: credentials.length })} className="mt-4">
      <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-5">
        {credentials.map(({ id, label, username, revokedAt, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
            <span className="min-w-0">
              {label} <span className="typed text-ink-muted">{username}</span>
            </span>
            <StatusBadge tone="off">
              {revokedAt
                ? t('revoked', { day: day(revokedAt) })
                : t('expired', { day: expiresAt ? day(expiresAt) : '' })}
            </StatusBadge>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
