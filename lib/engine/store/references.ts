/**
 * Which messages a message refers to. The first THREAD that asks reads it from the header and writes it down beside the
 * message, so that no other reads headers again.
 *
 * Guarantees: bounded memory, few headers at a time; what is written changes nothing that a session could have been told,
 * and waits for nobody: a row that another transaction holds is written down another time.
 */
import { textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { referencesIn } from '#lib/mime/message-ids.ts'
import { fetchHeads, HEADER_HEAD_BYTES, readHeader } from './fetch.ts'
import { messagesIn, rangeColumns, rangesOf, splitRanges, type UidRange } from './uid-range.ts'

/** By UID. */
export type References = ReadonlyMap<number, readonly string[]>

const HEADERS_AT_ONCE = 100

const READ = {
  name: 'store-read-references',
  text: `SELECT m.uid, m.reference_ids AS ids FROM ${messagesIn('$3', '$4')}`,
}
const WRITE = {
  name: 'store-write-references',
  text: `
UPDATE messages m SET reference_ids = a.ids
FROM unnest($3::int8[], $4::text[]) AS a(uid, ids)
WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND m.uid = a.uid AND m.uid IN (
  SELECT uid FROM messages WHERE mailbox_id = $1 AND folder_id = $2 AND uid = ANY($3::int8[]) AND reference_ids IS NULL
  FOR NO KEY UPDATE SKIP LOCKED
)`,
}

type KnownRow = { readonly uid: number; readonly ids: string | null }

export async function readReferences(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
): Promise<References> {
  const rows = await queryable.query<KnownRow>(READ, [mailboxId, folderId, ...rangeColumns(uids)])
  const references = new Map(rows.map(({ uid, ids }) => [uid, (ids ?? '').split(' ').filter(Boolean)]))
  const unread = rangesOf(rows.flatMap(({ uid, ids }) => (ids === null ? uid : [])))
  for (const page of splitRanges(unread, HEADERS_AT_ONCE)) {
    const found = await readFromHeaders(queryable, mailboxId, folderId, page)
    for (const [uid, ids] of found) references.set(uid, [...ids])
  }
  return references
}

async function readFromHeaders(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
): Promise<References> {
  const found = new Map<number, readonly string[]>()
  for (const message of await fetchHeads(queryable, mailboxId, folderId, uids, HEADER_HEAD_BYTES)) {
    found.set(message.uid, referencesIn(await readHeader(queryable, mailboxId, message)))
  }
  const texts = [...found.values()].map((ids) => ids.join(' '))
  await queryable.query(WRITE, [mailboxId, folderId, [...found.keys()], textArray(texts)])
  return found
}
