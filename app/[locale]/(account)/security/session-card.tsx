import { Monitor, Smartphone } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { browserName } from '#lib/auth/browser-name.ts'
import type { WebSessionView } from '#lib/auth/web-sessions.ts'
import { EndSessionForm } from './end-session-form.tsx'

/** One signed-in browser. */
export function SessionCard({ session, canEnd }: { session: WebSessionView; canEnd: boolean }) {
  const t = useTranslations('security')
  const format = useFormatter()
  const { id, isThisOne, address, userAgent, createdAt, lastSeenAt } = session
  const { browser, system, isPhone } = browserName(userAgent)
  const Icon = isPhone ? Smartphone : Monitor
  const time = (date: Date) => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="flex min-w-0 gap-3">
          <Icon aria-hidden className="mt-1 size-6 shrink-0 text-primary" strokeWidth={1.5} />
          <div className="min-w-0">
            <h3 className="text-std-18B-160">{[browser ?? t('unknownBrowser'), system].filter(Boolean).join(' / ')}</h3>
            <p className="text-ink-muted">{t('from', { address })}</p>
            <p className="text-ink-muted">{t('since', { time: time(createdAt) })}</p>
            <p className="text-ink-muted">{t('seen', { time: time(lastSeenAt) })}</p>
          </div>
        </div>
        {isThisOne ? <StatusBadge tone="good">{t('thisOne')}</StatusBadge> : null}
      </div>
      {canEnd ? <EndSessionForm sessionId={id} isThisOne={isThisOne} /> : null}
    </li>
  )
}
