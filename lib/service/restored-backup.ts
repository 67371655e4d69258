/**
 * A data directory that is a backup, at its first start: a step back in time, which clients must be told of.
 *
 * UIDs that were given out after the backup will be given out once more, to other messages. So every folder gets a new
 * UIDVALIDITY (RFC 9051 §2.3.1.1), and the numbers of folders and contents go on beyond all that may have been in use
 * (RFC 8474). POP3 needs nothing: the UIDL of a message is its own for ever.
 * Crash point: after the commit and before the note is gone, the next start does the same once more, which is as good.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '#lib/db/database.ts'
import { writeAtomically } from './write-atomically.ts'

const noteSchema = z.object({ takenAt: z.iso.datetime() })

const noteIn = (dataDirectory: string) => join(dataDirectory, 'backup.json')

export function noteBackup(directory: string, takenAt: Date): void {
  writeAtomically(noteIn(directory), `${JSON.stringify({ takenAt: takenAt.toISOString() })}\n`, 0o600)
}

/** What may have been made in a second after the backup, at the most. */
const FOLDERS_PER_SECOND = 10
const CONTENTS_PER_SECOND = 1_000

const RENEW_FOLDERS = {
  name: 'restored-folders',
  text: 'UPDATE folders SET uid_validity = uid_validity + $1::int8',
}
const SKIP_NUMBERS = {
  name: 'restored-numbers',
  text: `
    SELECT setval('folders_id_seq', nextval('folders_id_seq') + $1::int8 * ${FOLDERS_PER_SECOND}),
      setval('bodies_id_seq', nextval('bodies_id_seq') + $1::int8 * ${CONTENTS_PER_SECOND})`,
}

/** Expects migrated tables, and nobody who uses them. */
export async function goBeyondLostNumbers(databaseUrl: string, takenAt: Date, now = new Date()): Promise<void> {
  // Of two restorations of the same backup the later one goes further, so that no number is used by both.
  const seconds = Math.max(1, Math.ceil((now.getTime() - takenAt.getTime()) / 1_000))
  const database = openDatabase(databaseUrl, 1)
  try {
    await database.transaction(async (transaction) => {
      await transaction.query(RENEW_FOLDERS, [seconds])
      await transaction.query(SKIP_NUMBERS, [seconds])
    })
  } finally {
    await database.close()
  }
}

/** @returns when the backup was taken; null where the directory is none */
export async function adoptBackup(dataDirectory: string, databaseUrl: string): Promise<Date | null> {
  const note = noteIn(dataDirectory)
  if (!existsSync(note)) return null
  const takenAt = new Date(noteSchema.parse(JSON.parse(readFileSync(note, 'utf8'))).takenAt)
  await goBeyondLostNumbers(databaseUrl, takenAt)
  rmSync(note)
  return takenAt
}
