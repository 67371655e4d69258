/**
 * `npm run evidence`: from what the interop tests recorded on this machine (tests/artifacts/interop.jsonl) to the
 * record from which the compatibility table is made. Of each way only the latest run is kept, and only if it passed.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProgramId } from '#lib/evidence/programs.ts'
import { type VerifiedRun, verifiedRunSchema } from '#lib/evidence/verified-runs.ts'
import { readRuns } from './interop-record.ts'

const recordPath = join(import.meta.dirname, '../../lib/evidence/verified-runs.json')

const wayOf = ({ program, protocol, mechanism, tls }: Omit<VerifiedRun, 'version' | 'date' | 'tlsVersion'>) =>
  [program, protocol, mechanism, tls].join(' ')

const latest = new Map<string, VerifiedRun | null>()
for (const { client, result, date, ...run } of readRuns().toSorted((one, other) =>
  one.date.localeCompare(other.date),
)) {
  if (!isProgramId(client)) throw new Error(`${client} is not in lib/evidence/programs.ts`)
  const verified = { program: client, ...run, date: date.slice(0, 'yyyy-mm-dd'.length) }
  latest.set(wayOf(verified), result === 'passed' ? { ...verifiedRunSchema.parse(verified), program: client } : null)
}
const verified = [...latest.values()].flatMap((run) => run ?? [])
verified.sort((one, other) => wayOf(one).localeCompare(wayOf(other)))
writeFileSync(recordPath, `${JSON.stringify(verified, null, 2)}\n`)
console.log(`${new Set(verified.map(({ program }) => program)).size} programs, ${verified.length} ways`)
