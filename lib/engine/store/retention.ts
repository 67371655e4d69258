/**
 * Empties Trash and Junk of what has lain there for longer than the policy keeps it.
 *
 * Guarantees: the time counts from when a message came into the folder, not from its date; sessions that look at the
 * folder are told. One process at a time does it. Nothing is removed while the policy says 0 days or is not known.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { Changes } from './changes.ts'
import { removeMessages } from './expunge.ts'

export type RetentionParts = {
  readonly database: Database
  readonly policy: Pick<PolicySource, 'current'>
  readonly changes: Pick<Changes, 'folderChanged'>
  readonly onFault: (error: unknown) => void
}

export interface Retention {
  /** Removes everything that is due now. */
  run(): Promise<void>
  close(): void
}

const RUN_EVERY_MS = 600_000
const FOLDERS_AT_ONCE = 50
const MESSAGES_AT_ONCE = 5_000

const ALONE = { name: 'retention-alone', text: `SELECT pg_try_advisory_xact_lock(hashtext('retention')) AS "isAlone"` }

const DUE = {
  name: 'retention-due',
  text: `
SELECT mailbox_id AS "mailboxId", folder_id AS "folderId", array_agg(uid::float8) AS uids
FROM (
  SELECT m.mailbox_id, m.folder_id, m.uid
  FROM folders f
  JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
  WHERE f.special_use = $1 AND m.saved_at < now() - make_interval(days => $2)
  LIMIT ${MESSAGES_AT_ONCE}
) due
GROUP BY mailbox_id, folder_id
LIMIT ${FOLDERS_AT_ONCE}`,
}

type DueFolder = { mailboxId: number; folderId: number; uids: number[] }

export function openRetention({ database, policy, changes, onFault }: RetentionParts): Retention {
  async function removeDue(transaction: Queryable, specialUse: string, days: number): Promise<DueFolder[]> {
    const [lock] = await transaction.query<{ isAlone: boolean }>(ALONE, [])
    if (!lock?.isAlone) return []
    const folders = await transaction.query<DueFolder>(DUE, [specialUse, days])
    for (const { mailboxId, folderId, uids } of folders) {
      const single = uids.map((uid) => ({ first: uid, last: uid }))
      await removeMessages(transaction, mailboxId, folderId, single, 0)
    }
    return folders
  }

  async function empty(specialUse: string, days: number): Promise<void> {
    if (days === 0) return
    let folders: DueFolder[]
    do {
      folders = await database.transaction((transaction) => removeDue(transaction, specialUse, days))
      for (const { mailboxId, folderId } of folders) changes.folderChanged(mailboxId, folderId)
    } while (folders.length > 0)
  }

  async function run(): Promise<void> {
    const days = policy.current()?.document.retention
    if (days === undefined) return
    await empty('\\Trash', days.trashDays)
    await empty('\\Junk', days.junkDays)
  }

  const timer = setInterval(() => void run().catch(onFault), RUN_EVERY_MS).unref()
  return { run, close: () => clearInterval(timer) }
}
