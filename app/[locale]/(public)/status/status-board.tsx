'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { HistoryBars } from '#components/status/history-bars.tsx'
import { MaintenanceCard } from '#components/status/maintenance-card.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { ServiceState, SiteStatus } from '#lib/maintenance/read-status.ts'
import { useLive } from '#lib/swr/use-live.ts'

const REFRESH_MS = 15_000

const toneOf: Readonly<Record<ServiceState, BadgeTone>> = {
  working: 'good',
  failing: 'bad',
  maintenance: 'waiting',
  unstable: 'waiting',
  unknown: 'off',
}

/** Complete as the server rendered it; followed while the reader looks. */
export function StatusBoard({ initial }: { initial: SiteStatus }) {
  const t = useTranslations('status')
  const names = useTranslations('services')
  const format = useFormatter()
  const status = useLive('/api/status', initial, REFRESH_MS)
  const time = format.dateTime(new Date(status.at), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' })
  return (
    <>
      <p className="mb-4 text-ink-muted">{t('checked', { time })}</p>
      <ul aria-live="polite" className="mb-10 space-y-4">
        {status.services.map(({ service, state, history }) => (
          <li key={service} className="rounded-12 border border-line bg-surface p-5">
            <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
              <h2 className="text-std-18B-160">{names(service)}</h2>
              <StatusBadge tone={toneOf[state]}>{t(`state.${state}`)}</StatusBadge>
            </div>
            <HistoryBars service={names(service)} history={history} />
          </li>
        ))}
      </ul>
      <p className="mb-10 text-ink-muted">{t('legend')}</p>
      <section aria-labelledby="maintenance">
        <h2 id="maintenance" className="mb-4 text-std-22B-150">
          {t('maintenance')}
        </h2>
        {status.maintenance.length === 0 ? <p>{t('none')}</p> : null}
        <ul className="space-y-4">
          {status.maintenance.map((window) => (
            <MaintenanceCard key={window.id} window={window} serverTime={status.at} />
          ))}
        </ul>
      </section>
    </>
  )
}
