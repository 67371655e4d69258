/**
 * What one accepted message will write: a copy for each local mailbox, one queue entry for all recipients elsewhere.
 * Pure, so that nothing has to be thought about while locks are held.
 */
import { randomFillSync } from 'node:crypto'
import type { QueueEntry } from '../queue/enqueue.ts'
import type { ArrivingMessage, Copy } from '../store/append-message.ts'
import type { AcceptedMessage, AcceptedRecipient } from './accepted-message.ts'
import type { SendingCount } from './sending-count.ts'

export type AcceptancePlan = {
  /** what the 250 names; also the UIDL of the copies */
  readonly reference: string
  /** null for what no subscriber submits */
  readonly count: SendingCount | null
  /** the copies for local mailboxes */
  readonly arriving: ArrivingMessage | null
  readonly queueEntry: QueueEntry | null
  /** delivery reports that are owed as soon as this message is stored (RFC 3461 §6.2) */
  readonly reports: readonly AcceptancePlan[]
}

export function planAcceptance(
  message: AcceptedMessage,
  now: Date,
  count: SendingCount | null = null,
  reports: readonly AcceptancePlan[] = [],
): AcceptancePlan {
  const reference = newReference()
  return {
    reference,
    count,
    arriving: planCopies(message, now, reference),
    queueEntry: planQueueEntry(message),
    reports,
  }
}

/** Two addresses of one mailbox get one copy. */
function planCopies(message: AcceptedMessage, internalDate: Date, uidl: string): ArrivingMessage | null {
  const copies = new Map<number, Copy>()
  for (const { address, target } of message.recipients) {
    if (target.kind !== 'local' || copies.has(target.mailboxId)) continue
    copies.set(target.mailboxId, {
      mailboxId: target.mailboxId,
      folderId: null,
      specialUse: message.fileInto,
      prefix: tracePrefix(message, address),
    })
  }
  if (copies.size === 0) return null
  const { content, listener } = message
  const mayOverfill = listener === 'dsn'
  return { content, internalDate, flags: 0, keywords: [], uidl, mayOverfill, copies: [...copies.values()] }
}

/** RFC 5321 §4.4: Return-Path is added at final delivery; Delivered-To lets a loop be seen. */
function tracePrefix({ sender, traceHeader }: AcceptedMessage, recipient: string): Buffer {
  const fields = Buffer.from(`Return-Path: <${sender}>\r\nDelivered-To: ${recipient}\r\n`)
  return Buffer.concat([fields, traceHeader])
}

function planQueueEntry(message: AcceptedMessage): QueueEntry | null {
  const recipients = message.recipients.flatMap(toQueueRecipient)
  if (recipients.length === 0) return null
  const { sender, owner, listener, traceHeader, content, eightBit, utf8, envelopeId, returnFull, isSenderConfirmed } =
    message
  return {
    sender,
    mailboxId: owner?.mailboxId ?? null,
    listener,
    content: Buffer.concat([traceHeader, content]),
    eightBit,
    utf8,
    envelopeId,
    returnFull,
    isSenderConfirmed,
    recipients,
  }
}

function toQueueRecipient({ address, target, notify, originalRecipient }: AcceptedRecipient) {
  if (target.kind === 'returning')
    return [{ address: target.address, domain: target.domain, notify, originalRecipient }]
  return target.kind === 'remote' ? [{ address, domain: target.domain, notify, originalRecipient }] : []
}

const REFERENCE_BYTES = 12
const pool = Buffer.alloc(REFERENCE_BYTES * 512)
let used = pool.length

/** 96 random bits: no two messages of a mailbox ever share a UIDL. Random bytes are fetched for many at once. */
function newReference(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += REFERENCE_BYTES
  return pool.toString('base64url', used - REFERENCE_BYTES, used)
}
