/**
 * Empties Trash and Junk of what has lain there for longer than the policy keeps it, and any folder of what a recipe
 * gave a last day by its keyword.
 *
 * Guarantees: the time counts from when a message came into the folder, not from its date; sessions that look at the
 * folder are told. One process at a time does it. While the policy says 0 days or is not known, only keywords count.
 */
import type { Database, Queryable, Statement } from '#lib/db/database.ts'
import { DELETE_AFTER_KEYWORD } from '#lib/mail/delete-after.ts'
import { noteRetentionRun } from '#lib/retention/note-run.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { Changes } from './changes.ts'
import { removeMessages } from './expunge.ts'
import { rangesOf } from './uid-range.ts'

export type RetentionParts = {
  readonly database: Database
  readonly policy: Pick<PolicySource, 'current'>
  readonly changes: Pick<Changes, 'folderChanged'>
}

const MESSAGES_AT_ONCE = 5_000

const ALONE = { name: 'retention-alone', text: `SELECT pg_try_advisory_xact_lock(hashtext('retention')) AS "isAlone"` }

/** @param messages a FROM clause whose messages are `m` */
const dueFolders = (messages: string) => `
SELECT mailbox_id AS "mailboxId", folder_id AS "folderId", array_agg(uid::float8 ORDER BY uid) AS uids
FROM (SELECT m.mailbox_id, m.folder_id, m.uid FROM ${messages} LIMIT ${MESSAGES_AT_ONCE}) due
GROUP BY mailbox_id, folder_id`

const DUE_BY_FOLDER = {
  name: 'retention-due-by-folder',
  text: dueFolders(`folders f JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
  WHERE f.special_use = $1 AND m.saved_at < now() - make_interval(days => $2)`),
}

// Few messages have keywords; an index knows them.
const DUE_BY_KEYWORD = {
  name: 'retention-due-by-keyword',
  text: dueFolders(`messages m
  WHERE m.keywords <> '{}' AND EXISTS (
    SELECT 1 FROM unnest(m.keywords) k
    WHERE m.saved_at < now() - make_interval(days => substring(k FROM $1)::int)
  )`),
}
const KEYWORD_PATTERN = `(?i)^\\${DELETE_AFTER_KEYWORD}([0-9]{1,4})$`

type Due = { readonly statement: Statement; readonly values: readonly unknown[] }
type DueFolder = { mailboxId: number; folderId: number; uids: number[] }

const keepEverything = { trashDays: 0, junkDays: 0 }

async function removeSome(transaction: Queryable, { statement, values }: Due): Promise<DueFolder[]> {
  const [lock] = await transaction.query<{ isAlone: boolean }>(ALONE, [])
  if (!lock?.isAlone) return []
  const folders = await transaction.query<DueFolder>(statement, values)
  for (const { mailboxId, folderId, uids } of folders) {
    await removeMessages(transaction, mailboxId, folderId, rangesOf(uids), 0)
  }
  return folders
}

export async function removeWhatIsDue({ database, policy, changes }: RetentionParts): Promise<void> {
  /** @returns how many messages went */
  async function remove(due: Due): Promise<number> {
    let folders: DueFolder[]
    let removed = 0
    do {
      folders = await database.transaction((transaction) => removeSome(transaction, due))
      for (const { mailboxId, folderId } of folders) changes.folderChanged(mailboxId, folderId)
      removed += folders.reduce((sum, { uids }) => sum + uids.length, 0)
    } while (folders.length > 0)
    return removed
  }

  async function empty(kind: 'trash' | 'junk', specialUse: string, days: number): Promise<void> {
    await noteRetentionRun(database, kind, await remove({ statement: DUE_BY_FOLDER, values: [specialUse, days] }))
  }

  const { trashDays, junkDays } = policy.current()?.document.retention ?? keepEverything
  if (trashDays > 0) await empty('trash', '\\Trash', trashDays)
  if (junkDays > 0) await empty('junk', '\\Junk', junkDays)
  await remove({ statement: DUE_BY_KEYWORD, values: [KEYWORD_PATTERN] })
}
