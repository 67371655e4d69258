/**
 * `npm run audit:verify`: says whether the audit trail is whole, and where it breaks if it is not. With `--export` it
 * writes the trail to standard output, one JSON object a line, as it goes. The exit code is 0 for a whole trail, 1 for a
 * broken one, and 2 when it could not be read. Beside a running `npm start` it finds the database by itself.
 */
import { existsSync } from 'node:fs'
import { openDatabase } from '#lib/db/database.ts'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { databaseEnv } from '#lib/env/database.ts'
import { chainHeadsFile, readHeads } from './chain-heads.ts'
import { exportedLine } from './exported-line.ts'
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

async function verify(): Promise<number> {
  const database = openDatabase(databaseEnv().url, 1)
  try {
    const heads = await readHeads(chainHeadsFile(dataDirectoryEnv().path))
    const verdict = await verifyChain(exporting(readTrail(database)), heads)
    if (verdict.outcome === 'intact') {
      console.error(`The audit trail is whole: ${verdict.records} records, ${heads.length} heads written down.`)
      return 0
    }
    console.error(`The audit trail is broken: record ${verdict.id} ${words[verdict.outcome]}.`)
    return 1
  } finally {
    await database.close()
  }
}

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  process.exitCode = await verify()
} catch (error) {
  console.error(`The audit trail could not be read. ${error instanceof Error ? error.message : error}`)
  process.exitCode = 2
}
