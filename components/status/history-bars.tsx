import { useFormatter, useTranslations } from 'next-intl'
import type { HistoryBar } from '#lib/maintenance/read-status.ts'

const BAR = 8
const GAP = 2
const HEIGHT = 40
const DOT = 4

/** A day each, oldest first. What it shows is also said in words. */
export function HistoryBars({ service, history }: { service: string; history: readonly HistoryBar[] }) {
  const t = useTranslations('status')
  const format = useFormatter()
  const shares = history.flatMap(({ share }) => share ?? [])
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(shares.length, 1)
  const share = format.number(mean, { style: 'percent', maximumFractionDigits: 2 })
  const words =
    shares.length === 0 ? t('noHistory', { service }) : t('historyOf', { service, days: shares.length, share })
  return (
    <figure>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${history.length * (BAR + GAP)} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-10 w-full"
      >
        {history.map((bar, index) => (
          <Bar key={bar.from} share={bar.share} x={index * (BAR + GAP)} />
        ))}
      </svg>
      <figcaption className="flex justify-between text-ink-muted">
        <span>{t('oldest')}</span>
        <span>{shares.length === 0 ? '' : share}</span>
        <span>{t('newest')}</span>
      </figcaption>
    </figure>
  )
}

function Bar({ share, x }: { share: number | null; x: number }) {
  if (share === null) return <rect x={x} y={HEIGHT - DOT} width={BAR} height={DOT} className="fill-ink-muted" />
  const height = Math.max(share * HEIGHT, DOT)
  return (
    <>
      {share < 1 ? <rect x={x} y={0} width={BAR} height={HEIGHT - height} className="fill-danger" /> : null}
      <rect x={x} y={HEIGHT - height} width={BAR} height={height} className="fill-success" />
    </>
  )
}
