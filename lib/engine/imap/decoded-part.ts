/**
 * The content of a MIME part as it was before its transfer encoding: BINARY of FETCH (RFC 3516, RFC 9051 §6.4.5).
 *
 * A part is decoded as a whole, in memory: it is at most as large as a message may be, and one at a time.
 */
import { findPart } from '#lib/mime/sections.ts'
import { decodeTransferEncoding, isKnownEncoding } from '#lib/mime/transfer-encoding.ts'
import type { MailboxStore, MessageHead } from '../store/mailbox-store.ts'

/** The part has an encoding that we cannot undo (RFC 3516 §4.2): NO [UNKNOWN-CTE] and nothing of the message. */
export class UnknownEncoding extends Error {}

async function collect(slices: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const slice of slices) all.push(slice)
  return Buffer.concat(all)
}

/** @throws UnknownEncoding */
export async function checkEncoding(store: MailboxStore, message: MessageHead, path: readonly number[]): Promise<void> {
  if (path.length === 0) return
  const part = findPart(await store.messageStructure(message), path)
  if (part !== null && !isKnownEncoding(part.encoding)) throw new UnknownEncoding(part.encoding)
}

/** @returns null when the message has no such part; with the empty path the message as it is */
export async function decodedPart(
  store: MailboxStore,
  message: MessageHead,
  path: readonly number[],
): Promise<Buffer | null> {
  if (path.length === 0) {
    return Buffer.concat([message.prefix, await collect(store.readContent(message, 0, message.contentBytes))])
  }
  const part = findPart(await store.messageStructure(message), path)
  if (part === null) return null
  const bytes = await collect(store.readContent(message, part.bodyStart, part.end))
  // Only leaves are encoded (RFC 2045 §6.4).
  const isLeaf = part.children.length === 0 && part.message === null
  return isLeaf ? decodeTransferEncoding(part.encoding, bytes) : bytes
}
