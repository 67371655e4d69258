const BAR = 10
const GAP = 3
const HEIGHT = 72
const STUB = 2

type DayBarsProps = {
  /** what the drawing says, in words */
  readonly words: string
  /** oldest first; null where nothing is known */
  readonly values: readonly (number | null)[]
  /** the height that fills the drawing; the largest value where there is no other measure */
  readonly full: number
  readonly tone: 'usage' | 'good' | 'bad'
}

const fills = { usage: 'fill-primary', good: 'fill-success', bad: 'fill-danger' } as const

/** Standing on the ground line. */
function bar(value: number | null, day: number, full: number): string {
  if (value === null || value === 0) return ''
  const height = Math.max((value / Math.max(full, 1)) * (HEIGHT - STUB), STUB)
  return `M${day * (BAR + GAP)} ${HEIGHT}v${-height}h${BAR}v${height}z`
}

/** One bar a day. Whoever cannot see it hears `words`; the numbers stand in a table beside it. */
export function DayBars({ words, values, full, tone }: DayBarsProps) {
  const width = values.length * (BAR + GAP) - GAP
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-20 w-full"
    >
      <rect x={0} y={HEIGHT - 1} width={width} height={1} className="fill-line-strong" />
      <path d={values.map((value, day) => bar(value, day, full)).join('')} className={fills[tone]} />
    </svg>
  )
}
