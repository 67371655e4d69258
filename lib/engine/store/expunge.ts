/**
 * Removing messages for good (EXPUNGE, CLOSE, RFC 9051 §6.4.3).
 *
 * Guarantees: messages, their bodies (unless a copy shares them), the used bytes and the note for other sessions change
 * in one transaction; a UID that is gone stays known as gone, so that sessions on other connections catch up.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import { DELETED } from '#lib/mail/message-flags.ts'
import { lockMailbox } from './lock-mailbox.ts'
import { removeUnsharedBodies } from './remove-unshared-bodies.ts'
import { between, CHANGED_AT_ONCE, messagesIn, rangeColumns, splitRanges, type UidRange } from './uid-range.ts'

const REMOVE = {
  name: 'expunge-remove',
  text: `
WITH doomed AS (
  SELECT m.uid FROM ${messagesIn('$3', '$4')}
  WHERE (m.flags & $5) = $5
), raised AS (
  UPDATE folders SET highest_modseq = highest_modseq + 1
  WHERE mailbox_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM doomed)
  RETURNING highest_modseq
), gone AS (
  DELETE FROM messages m USING doomed d, raised
  WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND ${between('$3', '$4')} AND m.uid = d.uid AND (m.flags & $5) = $5
  RETURNING m.uid, m.body_id, m.size_bytes, raised.highest_modseq
), noted AS (
  INSERT INTO expunged_messages (mailbox_id, folder_id, uid, modseq) SELECT $1, $2, uid, highest_modseq FROM gone
), freed AS (
  UPDATE mailboxes SET used_bytes = used_bytes - (SELECT sum(size_bytes) FROM gone)
  WHERE id = $1 AND EXISTS (SELECT 1 FROM gone)
)
SELECT uid, body_id AS "bodyId", highest_modseq AS modseq FROM gone ORDER BY uid`,
}

export type Expunged = { readonly uids: readonly number[]; readonly modseq: number | null }

type GoneRow = { uid: number; bodyId: number; modseq: number }

/** Removes those of the messages that have all the bits of `flags` (0: every one). Within the caller's transaction. */
export async function removeMessages(
  transaction: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  flags: number,
): Promise<Expunged> {
  await lockMailbox(transaction, mailboxId)
  const gone: GoneRow[] = []
  for (const page of splitRanges(uids, CHANGED_AT_ONCE)) {
    gone.push(...(await transaction.query<GoneRow>(REMOVE, [mailboxId, folderId, ...rangeColumns(page), flags])))
  }
  await removeUnsharedBodies(
    transaction,
    mailboxId,
    gone.map(({ bodyId }) => bodyId),
  )
  return { uids: gone.map(({ uid }) => uid), modseq: gone.at(-1)?.modseq ?? null }
}

/** Removes those of the messages that are marked \Deleted. */
export function expungeMessages(
  database: Database,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
): Promise<Expunged> {
  return database.transaction((transaction) => removeMessages(transaction, mailboxId, folderId, uids, DELETED))
}
