/**
 * Messages that are on their way here from another system, under numbers of their own choosing.
 *
 * They lie in `messages` under the id of a folder that has no row in `folders` yet: no session, listing or count sees
 * them, and they cost no quota, until `takeOver` gives the folder its row.
 *
 * Guarantees: the bytes in the database are those that were handed in, or the statement fails: their SHA-256 is
 * computed on both sides.
 */
import { createHash } from 'node:crypto'
import { byteaArray, textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import type { MessageFlags } from '#lib/mail/message-flags.ts'
import { imapEnvelope } from '#lib/mime/imap-envelope.ts'
import { isAscii } from './body-bytes.ts'
import { envelopeSearchTexts } from './envelope-text.ts'
import { removeUnsharedBodies } from './remove-unshared-bodies.ts'

export type FolderKey = { readonly mailboxId: number; readonly folderId: number }

export type IncomingMessage = MessageFlags & {
  readonly uid: number
  readonly uidl: string
  readonly content: Buffer
  readonly internalDate: Date
}

export type StagedMessage = MessageFlags & { readonly uid: number; readonly uidl: string; readonly sizeBytes: number }

const RESERVE = { name: 'staged-reserve', text: `SELECT nextval('folders_id_seq') AS id` }

const STAGE = {
  name: 'staged-insert',
  text: `
WITH placed AS MATERIALIZED (
  SELECT a.*, nextval('bodies_id_seq') AS body_id
  FROM unnest($3::int8[], $4::bytea[], $5::timestamptz[], $6::int2[], $7::text[], $8::text[], $9::text[], $11::text[], $12::bool[])
    AS a(uid, content, internal_date, flags, keywords, uidl, envelope, search_text, is_ascii)
), kept AS (
  INSERT INTO bodies (mailbox_id, id, content, is_ascii) SELECT $1, body_id, content, is_ascii FROM placed
  RETURNING id, sha256(content) AS digest
), listed AS (
  INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, flags, keywords, modseq, uidl, envelope, search_text)
  SELECT $1, $2, uid, body_id, ''::bytea, octet_length(content), internal_date, flags, string_to_array(keywords, ' '),
         $10::int8, uidl, envelope, search_text
  FROM placed
)
SELECT k.digest FROM placed p JOIN kept k ON k.id = p.body_id ORDER BY p.uid`,
}

const LIST = {
  name: 'staged-list',
  text: `SELECT uid, uidl, flags, keywords, size_bytes AS "sizeBytes" FROM messages
WHERE mailbox_id = $1 AND folder_id = $2 ORDER BY uid`,
}

const REMOVE = {
  name: 'staged-remove',
  text: `DELETE FROM messages WHERE mailbox_id = $1 AND folder_id = $2 AND ($3::int8[] IS NULL OR uid = ANY ($3))
RETURNING body_id AS "bodyId"`,
}

const RENAME_UIDLS = {
  name: 'staged-uidls',
  text: `UPDATE messages m SET uidl = a.uidl FROM unnest($3::int8[], $4::text[]) AS a(uid, uidl)
WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND m.uid = a.uid`,
}

const REFLAG = {
  name: 'staged-flags',
  text: `
UPDATE messages m SET flags = a.flags, keywords = string_to_array(a.keywords, ' '), modseq = $6::int8
FROM unnest($3::int8[], $4::int2[], $5::text[]) AS a(uid, flags, keywords)
WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND m.uid = a.uid`,
}

/** An id that no other folder has or will have. */
export async function reserveFolderId(queryable: Queryable): Promise<number> {
  const [row] = await queryable.query<{ id: number }>(RESERVE, [])
  if (row === undefined) throw new Error('no id for a folder')
  return row.id
}

/** @param messages with UIDs that the folder does not have */
export async function insertMessages(
  transaction: Queryable,
  { mailboxId, folderId }: FolderKey,
  messages: readonly IncomingMessage[],
  modseq: number,
): Promise<void> {
  const ordered = [...messages].sort((one, other) => one.uid - other.uid)
  const envelopes = ordered.map(({ content }) => imapEnvelope(content))
  const rows = await transaction.query<{ digest: Buffer }>(STAGE, [
    mailboxId,
    folderId,
    ordered.map(({ uid }) => uid),
    byteaArray(ordered.map(({ content }) => content)),
    ordered.map(({ internalDate }) => internalDate),
    ordered.map(({ flags }) => flags),
    textArray(ordered.map(({ keywords }) => keywords.join(' '))),
    textArray(ordered.map(({ uidl }) => uidl)),
    textArray(envelopes),
    modseq,
    textArray(envelopes.map(envelopeSearchTexts)),
    ordered.map(({ content }) => isAscii(content)),
  ])
  const isWhole = ordered.every(({ content }, index) => rows[index]?.digest.equals(sha256(content)) ?? false)
  if (!isWhole) throw new Error('the database did not keep the bytes that it was given')
}

export const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

export function listStaged(queryable: Queryable, { mailboxId, folderId }: FolderKey): Promise<StagedMessage[]> {
  return queryable.query<StagedMessage>(LIST, [mailboxId, folderId])
}

/** @param uids null: all of them */
export async function removeStaged(
  transaction: Queryable,
  { mailboxId, folderId }: FolderKey,
  uids: readonly number[] | null,
): Promise<void> {
  const gone = await transaction.query<{ bodyId: number }>(REMOVE, [mailboxId, folderId, uids])
  await removeUnsharedBodies(
    transaction,
    mailboxId,
    gone.map(({ bodyId }) => bodyId),
  )
}

export async function setUidls(
  transaction: Queryable,
  { mailboxId, folderId }: FolderKey,
  uidls: ReadonlyMap<number, string>,
): Promise<void> {
  if (uidls.size === 0) return
  await transaction.query(RENAME_UIDLS, [mailboxId, folderId, [...uidls.keys()], textArray([...uidls.values()])])
}

export async function setStagedFlags(
  transaction: Queryable,
  { mailboxId, folderId }: FolderKey,
  messages: readonly (MessageFlags & { readonly uid: number })[],
  modseq: number,
): Promise<void> {
  if (messages.length === 0) return
  await transaction.query(REFLAG, [
    mailboxId,
    folderId,
    messages.map(({ uid }) => uid),
    messages.map(({ flags }) => flags),
    textArray(messages.map(({ keywords }) => keywords.join(' '))),
    modseq,
  ])
}
