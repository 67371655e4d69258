import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import type { MaintenanceState, MaintenanceWindowView } from '#lib/maintenance/maintenance-window.ts'
import { FinishForm, MoveEndForm } from './end-forms.tsx'

const toneOf: Readonly<Record<MaintenanceState, BadgeTone>> = {
  planned: 'waiting',
  running: 'bad',
  settling: 'waiting',
  over: 'off',
}

export function WindowItem({ window }: { window: MaintenanceWindowView }) {
  const t = useTranslations('maintenance')
  const names = useTranslations('services')
  const format = useFormatter()
  const language = useLocale()
  const { id, state, services, reason, startsAt, endsAt } = window
  const at = (moment: Date) =>
    format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' })
  return (
    <li className="space-y-2 rounded-12 border border-line bg-surface p-5">
      <StatusBadge tone={toneOf[state]}>{t(`state.${state}`)}</StatusBadge>
      <p className="text-std-18B-160">{reason[language]}</p>
      <p>{t('period', { from: at(startsAt), to: at(endsAt) })}</p>
      <ul className="list-disc pl-6">
        {services.map((service) => (
          <li key={service}>{names(service)}</li>
        ))}
      </ul>
      {state === 'over' || state === 'settling' ? null : (
        <>
          <MoveEndForm id={id} endsAt={toJapanTime(endsAt)} />
          <FinishForm id={id} />
        </>
      )}
    </li>
  )
}
