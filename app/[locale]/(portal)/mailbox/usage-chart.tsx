import { useFormatter, useTranslations } from 'next-intl'
import { DayBars } from '#components/charts/day-bars.tsx'
import { useByteFormat } from '#components/mail/use-byte-format.ts'
import type { UsageDay } from '#lib/usage/list-usage.ts'

const tones = { used: 'usage', sent: 'good', refused: 'bad' } as const

type UsageChartProps = { readonly kind: keyof typeof tones; readonly days: readonly UsageDay[] }

/** What one number of a mailbox was on each day. */
export function UsageChart({ kind, days }: UsageChartProps) {
  const t = useTranslations('mailbox.history')
  const format = useFormatter()
  const inBytes = useByteFormat()
  const values = days.map((day) => (kind === 'used' ? day.usedBytes : day[kind]))
  const known = values.filter((value) => value !== null)
  const most = Math.max(0, ...known)
  const shown = (value: number) => (kind === 'used' ? inBytes(value) : format.number(value))
  const dayName = (day: string | undefined) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const [from, to] = [dayName(days[0]?.day), dayName(days.at(-1)?.day)]
  const total = shown(known.reduce((sum, value) => sum + value, 0))
  const range = { from, to, most: shown(most) }
  const last = known.at(-1)
  const usedWords = () => (last === undefined ? t('usedUnknown') : t('usedWords', { ...range, last: shown(last) }))
  const words = kind === 'used' ? usedWords() : t(`${kind}Words`, { ...range, total })
  return (
    <figure className="rounded-12 border border-line bg-surface p-5">
      <figcaption className="mb-3 text-std-16B-170">{t(kind)}</figcaption>
      {most === 0 ? null : (
        <>
          <DayBars words={`${t(kind)}: ${words}`} values={values} full={most} tone={tones[kind]} />
          <p aria-hidden className="mt-1 flex justify-between text-ink-muted">
            <span>{from}</span>
            <span>{to}</span>
          </p>
        </>
      )}
      <p className="mt-2">{words}</p>
    </figure>
  )
}
