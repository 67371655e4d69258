/** The results as tables: of each figure the median of the rounds, of rates also the lowest and highest. */
import type { LoadResult } from './load-job.ts'
import { percentile } from './statistics.ts'

export type Measurement = Partial<LoadResult> & {
  readonly firstMs?: number
  readonly medianMs?: number | null
  readonly kibEach?: number
}

/** One row: something that was measured at somebody. */
export type Row = { readonly what: string; readonly who: string; readonly rounds: readonly Measurement[] }

type Column = { readonly title: string; readonly cell: (rounds: readonly Measurement[]) => string }

function middle(rounds: readonly Measurement[], pick: (round: Measurement) => number | null | undefined) {
  return percentile(
    rounds.flatMap((round) => pick(round) ?? []),
    0.5,
  )
}

function rate(pick: (round: Measurement) => number | null | undefined): Column['cell'] {
  return (rounds) => {
    const rates = rounds.flatMap((round) => pick(round) ?? [])
    if (rates.length === 0) return ''
    const spread = rates.length > 1 ? ` (${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))})` : ''
    return `${Math.round(percentile(rates, 0.5) ?? 0)}${spread}`
  }
}

function figures(...picks: readonly ((round: Measurement) => number | null | undefined)[]): Column['cell'] {
  return (rounds) => {
    const found = picks.map((pick) => middle(rounds, pick))
    return found.includes(null) ? '' : found.map((figure) => figure?.toFixed(1)).join('/')
  }
}

function processorTime(rounds: readonly Measurement[]): string {
  const parts = Object.keys(rounds[0]?.serverMsPerOperation ?? {})
  const each = parts.map((part) => middle(rounds, ({ serverMsPerOperation }) => serverMsPerOperation?.[part]) ?? 0)
  if (each.length === 0) return ''
  const sum = each.reduce((total, ms) => total + ms, 0).toFixed(2)
  return each.length === 1 ? sum : `${sum} (${each.map((ms, index) => `${parts[index]} ${ms.toFixed(2)}`).join(', ')})`
}

function failureCount(rounds: readonly Measurement[]): string {
  if (rounds.every(({ failures }) => failures === undefined)) return ''
  return String(rounds.flatMap(({ failures }) => Object.values(failures ?? {})).reduce((sum, count) => sum + count, 0))
}

const columns: readonly Column[] = [
  { title: 'per second', cell: rate(({ perSecond }) => perSecond) },
  { title: 'delivered per second', cell: rate(({ deliveredPerSecond }) => deliveredPerSecond) },
  {
    title: 'p50/p99 ms',
    cell: figures(
      ({ p50Ms }) => p50Ms,
      ({ p99Ms }) => p99Ms,
    ),
  },
  { title: 'first ms', cell: figures(({ firstMs }) => firstMs) },
  { title: 'later ms', cell: figures(({ medianMs }) => medianMs) },
  { title: 'KiB each', cell: figures(({ kibEach }) => kibEach) },
  { title: 'server CPU ms each', cell: processorTime },
  { title: 'failures', cell: failureCount },
]

/** How many times better the first row of its kind is than this one: the figure that matters, and processor time. */
function comparison(row: Row, rows: readonly Row[]): string {
  const ours = rows.find(({ what }) => what === row.what)
  if (ours === undefined || ours === row) return ''
  const rateOf = ({ rounds }: Row) => middle(rounds, (each) => each.deliveredPerSecond ?? each.perSecond)
  const costOf = ({ rounds }: Row) => middle(rounds, (each) => each.medianMs ?? each.kibEach ?? each.p50Ms)
  const rates = [rateOf(ours), rateOf(row)] as const
  const [better, worse] = rates.includes(null) ? ([costOf(row), costOf(ours)] as const) : rates
  return better === null || !worse ? '' : `${(better / worse).toFixed(1)}×`
}

/**
 * @param comparing the title of a column that sets the first of each kind against the others; null for none
 * @returns a table with the columns that have something to say
 */
export function resultTable(all: readonly Row[], comparing: string | null): string {
  const rows = all.filter(({ rounds }) => rounds.length > 0)
  const shown = columns.filter(({ cell }) => rows.some(({ rounds }) => cell(rounds) !== ''))
  const titles = ['what', 'who', ...shown.map(({ title }) => title), ...(comparing === null ? [] : [comparing])]
  const lines = rows.map((row) => [
    row.what,
    row.who,
    ...shown.map(({ cell }) => cell(row.rounds)),
    ...(comparing === null ? [] : [comparison(row, rows)]),
  ])
  return [titles, titles.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
