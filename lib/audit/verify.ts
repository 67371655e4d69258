/**
 * `npm run audit:verify`: says whether the audit trail is whole, and where it breaks if it is not. With `--export` it
 * writes the trail to standard output, one JSON object a line, as it goes. The exit code is 0 for a whole trail only.
 */
import { openDatabase } from '#lib/db/database.ts'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { databaseEnv } from '#lib/env/database.ts'
import { chainHeadsFile, readHeads } from './chain-heads.ts'
import { readTrail, type TrailRecord } from './read-trail.ts'
import { type ChainVerdict, verifyChain } from './verify-chain.ts'

const words: Record<Exclude<ChainVerdict['outcome'], 'intact'>, string> = {
  changed: 'was changed after it was written',
  unlinked: 'does not follow the record before it: records were removed, inserted or moved just before it',
  headMissing: 'was the end of the trail once and is no longer what it was: records were removed or replaced',
}

const isExporting = process.argv.includes('--export')

async function* exporting(records: AsyncIterable<TrailRecord>): AsyncGenerator<TrailRecord> {
  for await (const record of records) {
    if (isExporting) console.log(exportedLine(record))
    yield record
  }
}

function exportedLine({ prevHash, hash, ...record }: TrailRecord): string {
  return JSON.stringify({ ...record, prevHash: prevHash.toString('hex'), hash: hash.toString('hex') })
}

const database = openDatabase(databaseEnv().url, 1)
const heads = await readHeads(chainHeadsFile(dataDirectoryEnv().path))
const verdict = await verifyChain(exporting(readTrail(database)), heads)
await database.close()
if (verdict.outcome === 'intact') {
  console.error(`The audit trail is whole: ${verdict.records} records, ${heads.length} heads written down.`)
} else {
  console.error(`The audit trail is broken: record ${verdict.id} ${words[verdict.outcome]}.`)
  process.exitCode = 1
}
