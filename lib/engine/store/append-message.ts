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
import { imapEnvelope } from '#lib/mime/imap-envelope.ts'
import { isAscii } from './body-bytes.ts'
import { envelopeSearchTexts } from './envelope-text.ts'

export type Copy = {
  readonly mailboxId: number
  /** null: the folder for `specialUse`, or the INBOX */
  readonly folderId: number | null
  /** RFC 6154; null for none */
  readonly specialUse: string | null
  /** the trace headers that we add; a client reads them before the content */
  readonly prefix: Buffer
}

/** One message and the places where it is put. */
export type ArrivingMessage = {
  /** the bytes as they were received */
  readonly content: Buffer
  readonly internalDate: Date
  /** bit set, see flags.ts */
  readonly flags: number
  readonly keywords: readonly string[]
  /** printable ASCII without spaces, unique within a mailbox for ever (RFC 1939 §7) */
  readonly uidl: string
  /** a report about the owner's own mail must reach a full mailbox too, or it would be lost */
  readonly mayOverfill: boolean
  readonly copies: readonly Copy[]
}

export type Appended = {
  readonly mailboxId: number
  readonly folderId: number
  readonly uid: number
  readonly uidValidity: number
}

const APPEND = {
  name: 'store-append',
  text: `
WITH asked AS MATERIALIZED (
  SELECT c.*, octet_length(c.prefix) + octet_length(($1::bytea[])[c.message]) AS bytes,
         coalesce(
           c.folder_id,
           CASE WHEN c.special_use IS NOT NULL THEN
             (SELECT min(f.id) FROM folders f WHERE f.mailbox_id = c.mailbox_id AND f.special_use = c.special_use) END,
           (SELECT f.id FROM folders f WHERE f.mailbox_id = c.mailbox_id AND f.name = 'INBOX')) AS folder
  FROM unnest($8::int4[], $9::int4[], $10::int8[], $11::bytea[], $12::text[])
       WITH ORDINALITY AS c(message, mailbox_id, folder_id, prefix, special_use, position)
), mailbox AS MATERIALIZED (
  SELECT m.id, m.used_bytes < m.quota_bytes AS has_room FROM mailboxes m
  WHERE m.id IN (SELECT mailbox_id FROM asked)
  ORDER BY m.id FOR NO KEY UPDATE
), refused AS (
  SELECT a.message FROM asked a LEFT JOIN mailbox m ON m.id = a.mailbox_id
  WHERE a.folder IS NULL OR m.id IS NULL OR NOT (m.has_room OR ($7::bool[])[a.message])
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
  INSERT INTO bodies (mailbox_id, id, content, is_ascii)
  SELECT mailbox_id, body_id, ($1::bytea[])[message], ($14::bool[])[message] FROM placed
), listed AS (
  INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, flags, keywords, modseq, uidl, envelope, search_text)
  SELECT mailbox_id, folder, uid, body_id, prefix, bytes, ($2::timestamptz[])[message], ($3::int2[])[message],
         string_to_array(($4::text[])[message], ' '), highest_modseq, ($5::text[])[message], ($6::text[])[message],
         ($13::text[])[message]
  FROM placed
)
SELECT message, mailbox_id, folder AS folder_id, uid, uid_validity FROM placed ORDER BY position`,
}

type PlacedRow = { message: number; mailbox_id: number; folder_id: number; uid: number; uid_validity: number }

/** @returns for each message where its copies are, or null when one of its mailboxes or folders is full or gone */
export async function appendMessages(
  queryable: Queryable,
  messages: readonly ArrivingMessage[],
): Promise<readonly (readonly Appended[] | null)[]> {
  if (messages.length === 0) return []
  const copies = messages.flatMap((message, index) => message.copies.map((copy) => ({ ...copy, message: index + 1 })))
  const envelopes = messages.map(({ content }) => imapEnvelope(content))
  const rows = await queryable.query<PlacedRow>(APPEND, [
    byteaArray(messages.map(({ content }) => content)),
    messages.map(({ internalDate }) => internalDate),
    messages.map(({ flags }) => flags),
    textArray(messages.map(({ keywords }) => keywords.join(' '))),
    textArray(messages.map(({ uidl }) => uidl)),
    textArray(envelopes),
    messages.map(({ mayOverfill }) => mayOverfill),
    copies.map(({ message }) => message),
    copies.map(({ mailboxId }) => mailboxId),
    copies.map(({ folderId }) => folderId),
    byteaArray(copies.map(({ prefix }) => prefix)),
    copies.map(({ specialUse }) => specialUse),
    textArray(envelopes.map(envelopeSearchTexts)),
    messages.map(({ content }) => isAscii(content)),
  ])
  const placed = Map.groupBy(rows, ({ message }) => message)
  return messages.map((message, index) => {
    const own = placed.get(index + 1) ?? []
    return own.length === message.copies.length ? own.map(toAppended) : null
  })
}

function toAppended({ mailbox_id, folder_id, uid, uid_validity }: PlacedRow): Appended {
  return { mailboxId: mailbox_id, folderId: folder_id, uid, uidValidity: uid_validity }
}
