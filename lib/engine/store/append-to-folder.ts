/**
 * Messages that a client puts into one of its folders (APPEND, MULTIAPPEND).
 *
 * Guarantees: all of them or none. They go into one mailbox and one folder in one statement, which looks at the quota
 * once; so what holds for one of them holds for all.
 */
import { randomBytes } from 'node:crypto'
import type { Queryable } from '#lib/db/database.ts'
import type { MessageFlags } from '#lib/mail/message-flags.ts'
import { appendMessages } from './append-message.ts'

export type NewMessage = MessageFlags & { readonly content: Buffer; readonly internalDate: Date }
export type Placed = { readonly uidValidity: number; readonly uids: readonly number[] }

const NO_PREFIX = Buffer.alloc(0)

/** @returns null when the mailbox is full or the folder is gone */
export async function appendToFolder(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  messages: readonly NewMessage[],
): Promise<Placed | null> {
  const copies = [{ mailboxId, folderId, specialUse: null, prefix: NO_PREFIX }]
  const arriving = messages.map(({ content, internalDate, flags, keywords }) => ({
    content,
    internalDate,
    flags,
    keywords,
    uidl: randomBytes(15).toString('base64url'),
    mayOverfill: false,
    copies,
  }))
  const placed = (await appendMessages(queryable, arriving)).map((appended) => appended?.[0])
  const [first] = placed
  if (first === undefined) return null
  return { uidValidity: first.uidValidity, uids: placed.flatMap((each) => each?.uid ?? []) }
}
