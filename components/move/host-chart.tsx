import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { HostDay } from '#lib/move/host-history.ts'

const BAR = 14
const GAP = 6
const HEIGHT = 120
const HATCH = 'old-host-hatch'

/** A day each, oldest first: below who comes by the new hosts, on top and hatched who comes by the old one. */
export function HostChart({ days }: { days: readonly HostDay[] }) {
  const t = useTranslations('move.chart')
  const format = useFormatter()
  const last = days.at(-1)
  const dateOf = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00+09:00`), { month: 'long', day: 'numeric', timeZone: 'Asia/Tokyo' })
  return (
    <figure>
      <svg
        role="img"
        aria-label={t('words', { days: days.length, old: last?.old ?? 0, current: last?.current ?? 0 })}
        viewBox={`0 0 ${days.length * (BAR + GAP)} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-36 w-full border-b border-line-strong"
      >
        <pattern id={HATCH} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className="fill-warning-soft" />
          <rect width="2" height="4" className="fill-warning" />
        </pattern>
        <Bars days={days} />
      </svg>
      <figcaption>
        <p className="flex justify-between text-ink-muted">
          <span>{dateOf(days[0]?.day ?? '')}</span>
          <span>{dateOf(last?.day ?? '')}</span>
        </p>
        <p className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
          <Key fill="var(--success)">{t('current')}</Key>
          <Key fill={`url(#${HATCH})`}>{t('old')}</Key>
        </p>
      </figcaption>
      <Disclosure summary={t('asTable')}>
        <DataTable caption={t('asTable')} head={[t('day'), t('old'), t('current')]}>
          {days.toReversed().map(({ day, old, current }) => (
            <tr key={day}>
              <Cell className="whitespace-nowrap">{dateOf(day)}</Cell>
              <Cell>{format.number(old)}</Cell>
              <Cell>{format.number(current)}</Cell>
            </tr>
          ))}
        </DataTable>
      </Disclosure>
    </figure>
  )
}

function Bars({ days }: { days: readonly HostDay[] }) {
  const most = Math.max(1, ...days.map(({ old, current }) => old + current))
  return days.map(({ day, old, current }, index) => {
    const lower = (current / most) * HEIGHT
    const upper = (old / most) * HEIGHT
    const x = index * (BAR + GAP) + GAP / 2
    return (
      <g key={day}>
        <rect x={x} y={HEIGHT - lower} width={BAR} height={lower} className="fill-success" />
        <rect x={x} y={HEIGHT - lower - upper} width={BAR} height={upper} fill={`url(#${HATCH})`} />
      </g>
    )
  })
}

function Key({ fill, children }: { fill: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 border border-line-strong">
        <rect width="16" height="16" fill={fill} />
      </svg>
      {children}
    </span>
  )
}
