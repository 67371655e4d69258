/**
 * Gives staged folders their place in the mailbox, with the numbers that mail programs know from the old system:
 * UIDVALIDITY, UIDs, UIDNEXT and modification sequence (docs/decisions/022-mailboxes-that-move.md).
 *
 * Guarantees: all folders at once, in the caller's transaction; a program sees the mailbox before it or after it.
 * Messages that were here before keep their order and come after those of the old system, under new UIDs: the folder's
 * UIDVALIDITY has changed, so no program mistakes one for another (RFC 9051 §2.3.1.1).
 * The caller ends the mailbox's sessions: theirs was another folder.
 */
import type { Queryable } from '#lib/db/database.ts'
import { parentNames } from './folder-name.ts'
import { type FolderEntry, insertFolder, listFolders } from './folders.ts'
import { lockMailbox } from './lock-mailbox.ts'
import { type FolderKey, type IncomingMessage, insertMessages } from './staged-messages.ts'
import { StoreRefusal } from './store-refusal.ts'

export type IncomingFolder = {
  /** under which its messages are staged */
  readonly folderId: number
  readonly name: string
  readonly specialUse: string | null
  readonly isSubscribed: boolean
  /** null: the old system had no numbers */
  readonly uidValidity: number | null
  readonly uidNext: number
  readonly highestModseq: number
}

/** UIDs that the old system gave and that are no more are told to QRESYNC clients, unless they are absurdly many. */
const MAX_GAPS = 1_000_000

const MEASURE = {
  name: 'take-over-measure',
  text: `SELECT count(*) AS messages, coalesce(max(uid), 0) AS "lastUid", coalesce(sum(size_bytes), 0) AS bytes
FROM messages WHERE mailbox_id = $1 AND folder_id = $2`,
}
const INSERT = {
  name: 'take-over-insert',
  text: `
INSERT INTO folders (mailbox_id, id, name, subscribed, uid_validity, uid_next, highest_modseq, recent_from)
VALUES ($1, $2, $3, $4, $5, $6, $7, $6)`,
}
const REPLACE = {
  name: 'take-over-replace',
  text: `
WITH moved AS (
  UPDATE messages m SET folder_id = $3, uid = $6 + n.position - 1, modseq = $7::int8 + 1
  FROM (SELECT uid, row_number() OVER (ORDER BY uid) AS position FROM messages WHERE mailbox_id = $1 AND folder_id = $2) n
  WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND m.uid = n.uid RETURNING m.uid
), forgotten AS (
  DELETE FROM expunged_messages WHERE mailbox_id = $1 AND folder_id = $2
)
UPDATE folders SET id = $3, subscribed = $4, uid_validity = $5, uid_next = $6 + (SELECT count(*) FROM moved),
  highest_modseq = $7::int8 + 1, recent_from = $6
WHERE mailbox_id = $1 AND id = $2`,
}
const NOTE_GAPS = {
  name: 'take-over-note-gaps',
  text: `
INSERT INTO expunged_messages (mailbox_id, folder_id, uid, modseq)
SELECT $1, $2, gone, $4 FROM generate_series(1, $3::int8 - 1) gone
WHERE NOT EXISTS (SELECT FROM messages WHERE mailbox_id = $1 AND folder_id = $2 AND uid = gone)`,
}
const FILL = {
  name: 'take-over-fill',
  text: `
UPDATE mailboxes SET used_bytes = used_bytes + $2::int8,
  quota_bytes = CASE WHEN $3 AND used_bytes + $2::int8 >= quota_bytes THEN ((used_bytes + $2::int8) * 1.1)::int8 ELSE quota_bytes END
WHERE id = $1 AND ($3 OR used_bytes + $2::int8 < quota_bytes)
RETURNING id`,
}
const GIVE_USE = {
  name: 'take-over-give-use',
  text: `UPDATE folders SET special_use = CASE WHEN id = $2 THEN $3 END
WHERE mailbox_id = $1 AND (id = $2 OR special_use = $3)`,
}
const DROP_EMPTY = {
  name: 'take-over-drop-empty',
  text: `
DELETE FROM folders f WHERE mailbox_id = $1 AND id = ANY ($2::int8[])
  AND NOT EXISTS (SELECT FROM messages WHERE mailbox_id = $1 AND folder_id = f.id)
  AND NOT EXISTS (SELECT FROM folders WHERE mailbox_id = $1 AND starts_with(name, f.name || '/'))`,
}

type Measure = { messages: number; lastUid: number; bytes: string | number }

/** @throws StoreRefusal overQuota, when the quota may not grow and does not hold it */
export async function takeOver(
  transaction: Queryable,
  mailboxId: number,
  incoming: readonly IncomingFolder[],
  mayRaiseQuota: boolean,
): Promise<void> {
  await lockMailbox(transaction, mailboxId)
  const before = await listFolders(transaction, mailboxId)
  let bytes = 0
  for (const folder of [...incoming].sort((one, other) => one.name.localeCompare(other.name))) {
    bytes += await placeFolder(transaction, mailboxId, folder, before)
  }
  await makeParents(transaction, mailboxId, incoming)
  await giveSpecialUses(transaction, mailboxId, incoming, before)
  const filled = await transaction.query(FILL, [mailboxId, bytes, mayRaiseQuota])
  if (filled.length === 0) throw new StoreRefusal('overQuota')
}

/** @returns the bytes that come with it */
async function placeFolder(
  transaction: Queryable,
  mailboxId: number,
  folder: IncomingFolder,
  before: readonly FolderEntry[],
): Promise<number> {
  const { folderId, name, isSubscribed, highestModseq } = folder
  const [measured] = await transaction.query<Measure>(MEASURE, [mailboxId, folderId])
  const { messages = 0, lastUid = 0, bytes = 0 } = measured ?? {}
  const uidNext = Math.max(folder.uidNext, lastUid + 1)
  const uidValidity = folder.uidValidity ?? 2_147_483_648 + folderId
  const replaced = before.find((existing) => existing.name === name)
  const place = [isSubscribed, uidValidity, uidNext, highestModseq]
  if (replaced === undefined) await transaction.query(INSERT, [mailboxId, folderId, name, ...place])
  else await transaction.query(REPLACE, [mailboxId, replaced.id, folderId, ...place])
  if (highestModseq > 1 && uidNext - messages < MAX_GAPS)
    await transaction.query(NOTE_GAPS, [mailboxId, folderId, uidNext, highestModseq])
  return Number(bytes)
}

async function makeParents(
  transaction: Queryable,
  mailboxId: number,
  incoming: readonly IncomingFolder[],
): Promise<void> {
  for (const name of new Set(incoming.flatMap((folder) => parentNames(folder.name)))) {
    const existing = await listFolders(transaction, mailboxId)
    if (!existing.some((folder) => folder.name === name)) {
      await insertFolder(transaction, mailboxId, existing, { name, specialUse: null, isSubscribed: false })
    }
  }
}

/** Programs go on with the folder that they knew as Sent; ours of another name goes when nothing is in it. */
async function giveSpecialUses(
  transaction: Queryable,
  mailboxId: number,
  incoming: readonly IncomingFolder[],
  before: readonly FolderEntry[],
): Promise<void> {
  for (const { folderId, name, specialUse } of incoming) {
    if (specialUse === null) continue
    const rivals = before.filter((folder) => folder.specialUse === specialUse && folder.name !== name)
    await transaction.query(GIVE_USE, [mailboxId, folderId, specialUse])
    await transaction.query(DROP_EMPTY, [mailboxId, rivals.map(({ id }) => id)])
  }
}

const READ_NUMBERS = {
  name: 'late-read-numbers',
  text: `SELECT uid_next AS "uidNext", highest_modseq AS "highestModseq" FROM folders WHERE mailbox_id = $1 AND id = $2`,
}
const GROW = {
  name: 'late-grow',
  text: `
WITH filled AS (UPDATE mailboxes SET used_bytes = used_bytes + $5::int8 WHERE id = $1)
UPDATE folders SET uid_next = $3, highest_modseq = $4 WHERE mailbox_id = $1 AND id = $2`,
}

/**
 * Messages that came to the old system after its folder was taken over. They keep their UIDs while these are still to
 * come here; otherwise they get new ones at the end, because a program that is up to date would never look below.
 * @returns false when the folder is gone
 */
export async function appendLate(
  transaction: Queryable,
  folder: FolderKey,
  messages: readonly IncomingMessage[],
): Promise<boolean> {
  await lockMailbox(transaction, folder.mailboxId)
  type Numbers = { uidNext: number; highestModseq: number }
  const [numbers] = await transaction.query<Numbers>(READ_NUMBERS, [folder.mailboxId, folder.folderId])
  if (numbers === undefined) return false
  let { uidNext } = numbers
  const placed = messages.map((message) => {
    const uid = Math.max(uidNext, message.uid)
    uidNext = uid + 1
    return { ...message, uid }
  })
  const modseq = numbers.highestModseq + 1
  const bytes = messages.reduce((sum, { content }) => sum + content.length, 0)
  await insertMessages(transaction, folder, placed, modseq)
  await transaction.query(GROW, [folder.mailboxId, folder.folderId, uidNext, modseq, bytes])
  return true
}
