import { useFormatter, useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { WaveState, Waves, WaveView } from '#lib/announcements/list-waves.ts'
import { PauseWaveForm } from './pause-wave-form.tsx'
import { PlanWaveForm } from './plan-wave-form.tsx'

const tones: Readonly<Record<WaveState, BadgeTone>> = {
  scheduled: 'waiting',
  sending: 'waiting',
  paused: 'off',
  sent: 'good',
  superseded: 'off',
}

/** By mail: who is left, what goes out, and how far it has come. */
export function WaveSection({ announcementId, waves }: { announcementId: string; waves: Waves }) {
  const t = useTranslations('announcementEditor.waves')
  return (
    <Card title={t('title')} titleId="waves" lead={t('lead')}>
      {waves.waves.length === 0 ? null : (
        <ol className="mb-6 space-y-4">
          {waves.waves.map((wave) => (
            <WaveItem key={wave.id} wave={wave} />
          ))}
        </ol>
      )}
      <p className="mb-4 text-std-16B-170">{t('remaining', { count: waves.remaining })}</p>
      {waves.remaining === 0 ? null : <PlanWaveForm announcementId={announcementId} remaining={waves.remaining} />}
    </Card>
  )
}

function WaveItem({ wave }: { wave: WaveView }) {
  const t = useTranslations('announcementEditor.waves')
  const format = useFormatter()
  const { id, number, version, state, size, sent, perMinute, startsAt } = wave
  const label = t('number', { number })
  const isUnderWay = state === 'sending' || state === 'scheduled' || state === 'paused'
  const time = format.dateTime(startsAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' })
  return (
    <li className="space-y-3 rounded-8 border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3 className="text-std-16B-170">{label}</h3>
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      </div>
      <p className="text-ink-muted">{t('facts', { version, time, perMinute })}</p>
      <progress className="block h-3 w-full" aria-label={t('progressOf', { number })} max={size} value={sent} />
      <p>{t('progress', { sent: format.number(sent), size: format.number(size) })}</p>
      {isUnderWay ? <PauseWaveForm waveId={id} isPaused={state === 'paused'} label={label} /> : null}
    </li>
  )
}
