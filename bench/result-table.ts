/** The results as a table: of each figure the median of the rounds, of the rate also its lowest and highest. */
import type { LoadResult } from './load-job.ts'
import { percentile } from './statistics.ts'

export type Measurement = Pick<LoadResult, 'perSecond'> & Partial<LoadResult>

export function resultTable(results: ReadonlyMap<string, readonly Measurement[]>): string {
  const head = [
    '| what, connections: who | per second (lowest to highest) | p50/p99 ms | server CPU ms each (workers + database) | failures |',
    '|---|---|---|---|---|',
  ]
  const measured = [...results].filter(([, rounds]) => rounds.length > 0)
  return [...head, ...measured.map(([name, rounds]) => row(name, rounds))].join('\n')
}

function row(name: string, rounds: readonly Measurement[]): string {
  const rates = rounds.map(({ perSecond }) => perSecond)
  const spread = `${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))}`
  const middle = (pick: (measurement: Measurement) => number | null | undefined) =>
    percentile(
      rounds.flatMap((measurement) => pick(measurement) ?? []),
      0.5,
    )
  const p50 = middle(({ p50Ms }) => p50Ms)
  const p99 = middle(({ p99Ms }) => p99Ms)
  const parts = Object.keys(rounds[0]?.serverMsPerOperation ?? {})
  const processor = parts.map((part) => middle(({ serverMsPerOperation }) => serverMsPerOperation?.[part])?.toFixed(2))
  const failures = rounds.flatMap((measurement) => Object.values(measurement.failures ?? {}))
  const cells = [
    name,
    `${Math.round(middle(({ perSecond }) => perSecond) ?? 0)} (${spread})`,
    p50 === null || p99 === null ? '' : `${p50.toFixed(1)}/${p99.toFixed(1)}`,
    processor.join(' + '),
    rounds.every((measurement) => measurement.failures === undefined)
      ? ''
      : String(failures.reduce((sum, count) => sum + count, 0)),
  ]
  return `| ${cells.join(' | ')} |`
}
