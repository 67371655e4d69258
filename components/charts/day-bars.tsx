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
      {values.map((value, day) => {
        const height = value === null || value === 0 ? 0 : Math.max((value / Math.max(full, 1)) * (HEIGHT - STUB), STUB)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day's place never moves
            key={day}
            x={day * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            className={fills[tone]}
          />
        )
      })}
    </svg>
  )
}
