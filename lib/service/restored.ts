/**
 * `npm run restored -- TIME`: to be run once, before `npm start`, when a database of your own (DATABASE_URL) was restored
 * as it was at that time. What `npm run backup` has written needs it not.
 */
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { databaseEnv } from '#lib/env/database.ts'
import { goBeyondLostNumbers } from './restored-backup.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const takenAt = z.iso.datetime({ offset: true }).safeParse(process.argv[2])
if (takenAt.success) {
  await goBeyondLostNumbers(databaseEnv().url, new Date(takenAt.data))
  console.log('IMAP clients will read their folders anew.')
} else {
  console.error('Give the time of what was restored, such as 2026-11-28T03:00:00+09:00')
  process.exitCode = 2
}
