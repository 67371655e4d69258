/**
 * Puts messages into folders: a body, a message row, its UID, the folder's modification sequence and the mailbox's
 * used bytes, in one statement however many messages there are.
 *
 * Guarantees:
 * - UIDs of a folder only grow, and no session sees a higher one before a lower one: they are taken under the
 *   mailbox's row lock, which is held until the commit (RFC 9051 §2.3.1.1).
 * - All or nothing per message: when one of its mailboxes is full or gone, the message is put into none, and its
 *   neighbours in the statement are not touched.
 * - No deadlock between callers: mailbox rows are locked first and in the order of their ids, folder rows after them.
 *   Whoever else changes used_bytes must lock in the same order.
 *
 * A mailbox is full when its quota is used up before the message; so one message may reach beyond it, and the answer at
 * RCPT (which does not know the size) and the one here are the same.
 */
import { byteaArray, textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { imapEnvelope } from '../mime/imap-envelope.ts'

/** One message on its way into one mailbox. Appends of the same `content` object belong to one message. */
export type Append = {
  readonly mailboxId: number
  /** null: the INBOX */
  readonly folderId: number | null
  /** the trace headers that we add; a client reads them before the content */
  readonly prefix: Buffer
  /** the bytes as they were received */
  readonly content: Buffer
  readonly internalDate: Date
  /** bit set, see flags.ts */
  readonly flags: number
  readonly keywords: readonly string[]
  /** printable ASCII without spaces, unique within the mailbox for ever (RFC 1939 §7) */
  readonly uidl: string
  /** a report about the owner's own mail must reach a full mailbox too, or it would be lost */
  readonly mayOverfill: boolean
}

export type Appended = { readonly uid: number; readonly folderId: number; readonly uidValidity: number }

const APPEND = {
  name: 'store-append',
  text: `
WITH asked AS MATERIALIZED (
  SELECT a.*, octet_length(a.prefix) + octet_length(($1::bytea[])[a.message]) AS bytes,
         coalesce(a.folder_id, (SELECT f.id FROM folders f WHERE f.mailbox_id = a.mailbox_id AND f.name = 'INBOX')) AS folder
  FROM unnest($2::int4[], $3::int4[], $4::int8[], $5::bytea[], $6::timestamptz[], $7::int2[], $8::text[], $9::text[], $10::text[], $11::bool[])
       WITH ORDINALITY AS a(message, mailbox_id, folder_id, prefix, internal_date, flags, keywords, uidl, envelope, may_overfill, position)
), mailbox AS MATERIALIZED (
  SELECT m.id, m.used_bytes < m.quota_bytes AS has_room FROM mailboxes m
  WHERE m.id IN (SELECT mailbox_id FROM asked)
  ORDER BY m.id FOR NO KEY UPDATE
), refused AS (
  SELECT a.message FROM asked a LEFT JOIN mailbox m ON m.id = a.mailbox_id
  WHERE a.folder IS NULL OR m.id IS NULL OR NOT (m.has_room OR a.may_overfill)
), arriving AS MATERIALIZED (
  SELECT * FROM asked WHERE message NOT IN (SELECT message FROM refused)
), grown AS (
  UPDATE folders f SET uid_next = f.uid_next + a.messages, highest_modseq = f.highest_modseq + 1
  FROM (SELECT mailbox_id, folder, count(*) AS messages FROM arriving GROUP BY mailbox_id, folder) a
  WHERE f.mailbox_id = a.mailbox_id AND f.id = a.folder
  RETURNING f.mailbox_id, f.id, f.uid_validity, f.uid_next - a.messages AS first_uid, f.highest_modseq
), placed AS MATERIALIZED (
  SELECT a.*, g.uid_validity, g.highest_modseq, nextval('bodies_id_seq') AS body_id,
         g.first_uid - 1 + row_number() OVER (PARTITION BY a.mailbox_id, a.folder ORDER BY a.position) AS uid
  FROM arriving a JOIN grown g ON g.mailbox_id = a.mailbox_id AND g.id = a.folder
), filled AS (
  UPDATE mailboxes m SET used_bytes = m.used_bytes + p.bytes
  FROM (SELECT mailbox_id, sum(bytes) AS bytes FROM placed GROUP BY mailbox_id) p
  WHERE m.id = p.mailbox_id
), kept AS (
  INSERT INTO bodies (mailbox_id, id, content)
  SELECT mailbox_id, body_id, ($1::bytea[])[message] FROM placed
), listed AS (
  INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, flags, keywords, modseq, uidl, envelope)
  SELECT mailbox_id, folder, uid, body_id, prefix, bytes, internal_date, flags, string_to_array(keywords, ' '),
         highest_modseq, uidl, envelope
  FROM placed
)
SELECT position::int4, uid, folder AS folder_id, uid_validity FROM placed`,
}

type PlacedRow = { position: number; uid: number; folder_id: number; uid_validity: number }

/**
 * @returns one result per append, in order; null for those of a message that found a mailbox full or gone
 */
export async function appendMessages(
  queryable: Queryable,
  appends: readonly Append[],
): Promise<readonly (Appended | null)[]> {
  const contents = [...new Set(appends.map(({ content }) => content))]
  const indexOf = new Map(contents.map((content, index) => [content, index]))
  const indices = appends.map(({ content }) => indexOf.get(content) ?? 0)
  const envelopes = contents.map(imapEnvelope)
  const rows = await queryable.query<PlacedRow>(APPEND, [
    byteaArray(contents),
    indices.map((index) => index + 1),
    appends.map(({ mailboxId }) => mailboxId),
    appends.map(({ folderId }) => folderId),
    byteaArray(appends.map(({ prefix }) => prefix)),
    appends.map(({ internalDate }) => internalDate),
    appends.map(({ flags }) => flags),
    textArray(appends.map(({ keywords }) => keywords.join(' '))),
    textArray(appends.map(({ uidl }) => uidl)),
    textArray(indices.map((index) => envelopes[index] ?? '')),
    appends.map(({ mayOverfill }) => mayOverfill),
  ])
  const results: (Appended | null)[] = appends.map(() => null)
  for (const { position, uid, folder_id, uid_validity } of rows) {
    results[position - 1] = { uid, folderId: folder_id, uidValidity: uid_validity }
  }
  return results
}

/** @returns null when the mailbox is full or the folder is gone */
export async function appendMessage(queryable: Queryable, append: Append): Promise<Appended | null> {
  const [appended] = await appendMessages(queryable, [append])
  return appended ?? null
}
