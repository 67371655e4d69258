'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { HistoryBars } from '#components/status/history-bars.tsx'
import { MaintenanceCard } from '#components/status/maintenance-card.tsx'
import { Notice, type NoticeTone } from '#components/ui/notice.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
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

/** From what concerns the reader most. */
const summaries = [
  ['failing', 'danger'],
  ['maintenance', 'warning'],
  ['unstable', 'warning'],
  ['unknown', 'info'],
  ['working', 'success'],
] as const satisfies readonly (readonly [ServiceState, NoticeTone])[]

/** Complete as the server rendered it; followed while the reader looks. */
export function StatusBoard({ initial }: { initial: SiteStatus }) {
  const t = useTranslations('status')
  const names = useTranslations('services')
  const format = useFormatter()
  const status = useLive('/api/status', initial, REFRESH_MS)
  const time = format.dateTime(new Date(status.at), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <Summary services={status.services} />
      <p className="mt-4 mb-4 text-ink-muted">{t('checked', { time })}</p>
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

/** The answer in one sentence, and what to do. */
function Summary({ services }: Pick<SiteStatus, 'services'>) {
  const t = useTranslations('status.summary')
  const summary = summaries.find(([state]) => services.some((service) => service.state === state))
  if (summary === undefined) return null
  const [state, tone] = summary
  return (
    <Notice tone={tone} role="status" title={t(`${state}.title`)}>
      <p>{t(`${state}.body`)}</p>
      {state === 'working' ? (
        <TextLink standalone href="/doctor">
          {t('toDoctor')}
        </TextLink>
      ) : null}
    </Notice>
  )
}
