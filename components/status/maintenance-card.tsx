import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import { zoneName } from '#lib/i18n/zone-name.ts'
import type { SiteStatus } from '#lib/maintenance/read-status.ts'

type Window = SiteStatus['maintenance'][number]

const toneOf: Readonly<Record<Window['state'], BadgeTone>> = {
  planned: 'waiting',
  running: 'waiting',
  settling: 'waiting',
  over: 'good',
}

/** @param serverTime the clock of the browser may be wrong, so the countdown goes by the server's */
export function MaintenanceCard({ window, serverTime }: { window: Window; serverTime: string }) {
  const t = useTranslations('status')
  const names = useTranslations('services')
  const language = useLocale()
  const format = useFormatter()
  const zone = zoneName(language, useTimeZone())
  const { state, services, reason, startsAt, endsAt, unstableUntil } = window
  const at = (moment: string) => format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="space-y-2 rounded-12 border border-line bg-surface p-5">
      <StatusBadge tone={toneOf[state]}>{t(state)}</StatusBadge>
      <p className="text-std-18B-160">{reason[language]}</p>
      <p>{t('period', { from: at(startsAt), to: at(endsAt), zone })}</p>
      {unstableUntil === null || state === 'over' ? null : <p>{t('unstableUntil', { time: at(unstableUntil) })}</p>}
      {state === 'running' ? <Countdown startsAt={startsAt} endsAt={endsAt} serverTime={serverTime} /> : null}
      <ul className="list-disc pl-6">
        {services.map((service) => (
          <li key={service}>{names(service)}</li>
        ))}
      </ul>
      {state === 'over' ? null : <p className="text-ink-muted">{t('lost')}</p>}
    </li>
  )
}

type CountdownProps = { readonly startsAt: string; readonly endsAt: string; readonly serverTime: string }

function Countdown({ startsAt, endsAt, serverTime }: CountdownProps) {
  const t = useTranslations('status')
  const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
  const moment = Math.min(Date.parse(serverTime), end)
  const minutesLeft = Math.ceil((end - moment) / 60_000)
  return (
    <ProgressBar
      label={t('remaining', { hours: Math.floor(minutesLeft / 60), minutes: minutesLeft % 60 })}
      value={moment - start}
      max={end - start}
    />
  )
}
