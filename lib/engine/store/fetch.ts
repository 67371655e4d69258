/**
 * Reading messages, no more of them than was asked for: flags without envelopes, envelopes without bodies, headers
 * without attachments, large bodies in slices.
 *
 * Guarantees: bounded memory (the caller asks for pages of UIDs); a message that another session expunged meanwhile is
 * simply not in the answer.
 */
import type { Queryable } from '#lib/db/database.ts'
import { findBody } from '#lib/mime/header.ts'
import { type MimePart, readStructure } from '#lib/mime/structure.ts'
import { type BytesOrText, bytesOf, bytesOrText } from './body-bytes.ts'
import {
  type FlagsColumns,
  type FlagsRow,
  flagsAsColumns,
  flagsRows,
  type MessageRow,
  messageRows,
  type RowColumns,
  rowsAsColumns,
} from './message-rows.ts'
import { countOf, messagesIn, rangeColumns, type UidRange } from './uid-range.ts'

/** A message with the beginning of its bytes. What a client reads is `prefix` and then the content. */
export type MessageHead = MessageRow & {
  readonly prefix: Buffer
  /** the content's first bytes; all of them when `contentBytes` says so */
  readonly head: Buffer
  readonly contentBytes: number
  /** kept JSON of a MimePart */
  readonly structure: string | null
}

const FROM = `
FROM ${messagesIn('$3', '$4')}`
const ROW_COLUMNS = `m.uid, m.flags, m.keywords, m.modseq, m.body_id AS "bodyId", m.size_bytes AS "sizeBytes", m.internal_date AS "internalDate", m.envelope`

const FETCH_FLAGS = { name: 'fetch-flags', text: `SELECT ${flagsAsColumns('$6')} ${FROM}` }
const FETCH_ROWS = { name: 'fetch-rows', text: `SELECT ${rowsAsColumns('m.envelope')} ${FROM}` }
const FETCH_HEADS = {
  name: 'fetch-heads',
  text: `
SELECT ${ROW_COLUMNS}, m.prefix, octet_length(b.content) AS "contentBytes", b.structure,
       ${bytesOrText('substring(b.content FROM 1 FOR $5)')}
${FROM} JOIN bodies b ON b.mailbox_id = $1 AND b.id = m.body_id ORDER BY m.uid`,
}
const READ_SLICE = {
  name: 'fetch-slice',
  text: `
SELECT ${bytesOrText('substring(b.content FROM $3 FOR $4)')}
FROM bodies b WHERE b.mailbox_id = $1 AND b.id = $2`,
}
const KEEP_STRUCTURE = {
  name: 'fetch-keep-structure',
  text: 'UPDATE bodies SET structure = $3 WHERE mailbox_id = $1 AND id = $2 AND structure IS NULL',
}

/** Enough for the header of almost every message. */
export const HEADER_HEAD_BYTES = 4_096
/** Enough for all of most letters. */
export const CONTENT_HEAD_BYTES = 32_768
const SLICE_BYTES = 1_048_576
const MAX_HEADER_BYTES = 4 * SLICE_BYTES

export async function fetchFlags(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  wantsModseqs: boolean,
): Promise<FlagsRow[]> {
  const values = [mailboxId, folderId, ...rangeColumns(uids), countOf(uids), wantsModseqs]
  const [columns] = await queryable.query<FlagsColumns>(FETCH_FLAGS, values)
  return flagsRows(columns, uids)
}

export async function fetchRows(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
): Promise<MessageRow[]> {
  const values = [mailboxId, folderId, ...rangeColumns(uids), countOf(uids)]
  const [columns] = await queryable.query<RowColumns>(FETCH_ROWS, values)
  return messageRows(columns, uids)
}

type HeadRow = Omit<MessageHead, 'head'> & BytesOrText

export async function fetchHeads(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  headBytes: number,
): Promise<MessageHead[]> {
  const rows = await queryable.query<HeadRow>(FETCH_HEADS, [mailboxId, folderId, ...rangeColumns(uids), headBytes])
  return rows.map((row) => ({ ...row, head: bytesOf(row) }))
}

/** The body went away while it was read: its message was expunged by another session. */
export class BodyGone extends Error {}

/** The bytes [start, end) of a message's content, in slices. @throws BodyGone */
export async function* readContent(
  queryable: Queryable,
  mailboxId: number,
  message: MessageHead,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  let at = start
  if (at < Math.min(end, message.head.length)) {
    yield message.head.subarray(at, end)
    at = Math.min(end, message.head.length)
  }
  while (at < end) {
    const count = Math.min(SLICE_BYTES, end - at)
    const [row] = await queryable.query<BytesOrText>(READ_SLICE, [mailboxId, message.bodyId, at + 1, count])
    const slice = row === undefined ? null : bytesOf(row)
    if (slice?.length !== count) throw new BodyGone(`body ${message.bodyId} is gone`)
    yield slice
    at += count
  }
}

export async function readWholeContent(queryable: Queryable, mailboxId: number, message: MessageHead): Promise<Buffer> {
  if (message.head.length === message.contentBytes) return message.head
  const slices: Buffer[] = []
  for await (const slice of readContent(queryable, mailboxId, message, 0, message.contentBytes)) slices.push(slice)
  return Buffer.concat(slices, message.contentBytes)
}

/** The content's header with its empty line: `prefix` is not in it. */
export async function readHeader(queryable: Queryable, mailboxId: number, message: MessageHead): Promise<Buffer> {
  const limit = Math.min(message.contentBytes, MAX_HEADER_BYTES)
  let bytes = message.head
  for (;;) {
    const end = findBody(bytes, 0, bytes.length)
    const isComplete = end < bytes.length || endsWithEmptyLine(bytes) || bytes.length >= limit
    if (isComplete) return bytes.subarray(0, end)
    const slices: Buffer[] = []
    const wanted = Math.min(limit, bytes.length * 8)
    for await (const slice of readContent(queryable, mailboxId, message, 0, wanted)) slices.push(slice)
    bytes = Buffer.concat(slices)
  }
}

function endsWithEmptyLine(bytes: Buffer): boolean {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 4))
  return tail.endsWith('\n\r\n') || tail.endsWith('\n\n') || tail === '\r\n' || tail === '\n'
}

/** Read from the bytes once; of messages that did not fit into the head it is kept beside the body. */
export async function messageStructure(
  queryable: Queryable,
  mailboxId: number,
  message: MessageHead,
): Promise<MimePart> {
  if (message.structure !== null) return JSON.parse(message.structure) as MimePart
  const structure = readStructure(await readWholeContent(queryable, mailboxId, message))
  if (message.head.length < message.contentBytes) {
    await queryable.query(KEEP_STRUCTURE, [mailboxId, message.bodyId, storableJson(structure)])
  }
  return structure
}

/** PostgreSQL's text holds no NUL. */
const storableJson = (value: unknown) => JSON.stringify(value).replaceAll('\\u0000', ' ')
