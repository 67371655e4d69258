/**
 * What one accepted message will write: a copy for each local mailbox, one queue entry for all recipients elsewhere.
 * Pure, so that nothing has to be thought about while locks are held.
 */
import { randomFillSync } from 'node:crypto'
import type { QueueEntry } from '../queue/enqueue.ts'
import type { ForwardRequest, Mark, RecipeOutcome } from '../sieve/recipe-outcome.ts'
import type { ArrivingMessage, Copy } from '../store/append-message.ts'
import type { AcceptedMessage, AcceptedRecipient } from './accepted-message.ts'
import type { SendingCount } from './sending-count.ts'

export type AcceptancePlan = {
  /** what the 250 names; also the UIDL of the copies */
  readonly reference: string
  /** null for what no subscriber submits */
  readonly count: SendingCount | null
  /** the copies for local mailboxes; more than one when recipes change what they hold */
  readonly arriving: readonly ArrivingMessage[]
  readonly queueEntry: QueueEntry | null
  /** what is owed as soon as this message is stored: delivery reports (RFC 3461 §6.2), what recipes send */
  readonly reports: readonly AcceptancePlan[]
  readonly recipes: PlannedRecipes | null
}

/** Plans that depend on what the transaction finds. */
export type PlannedRecipes = Pick<RecipeOutcome, 'marks' | 'events' | 'forwardedBy'> & {
  readonly answers: readonly { readonly mark: Mark; readonly plan: AcceptancePlan }[]
  readonly invitations: readonly { readonly request: ForwardRequest; readonly plan: AcceptancePlan }[]
}

export type PlanDetails = {
  readonly count?: SendingCount | null
  readonly reports?: readonly AcceptancePlan[]
  readonly filings?: RecipeOutcome['filings']
  readonly recipes?: PlannedRecipes | null
  /** its mailbox takes it although it is full: refused now it would be lost */
  readonly mayOverfill?: boolean
}

export function planAcceptance(message: AcceptedMessage, now: Date, details: PlanDetails = {}): AcceptancePlan {
  const { count = null, reports = [], filings = new Map(), recipes = null, mayOverfill = false } = details
  const reference = newReference()
  const common = {
    internalDate: now,
    uidl: reference,
    mayOverfill: mayOverfill || message.listener === 'dsn',
  }
  return {
    reference,
    count,
    arriving: [...planCopies(message, filings, common), ...planFilings(message, filings, common)],
    queueEntry: planQueueEntry(message),
    reports,
    recipes,
  }
}

type Common = Pick<ArrivingMessage, 'internalDate' | 'uidl' | 'mayOverfill'>

/** Two addresses of one mailbox get one copy. */
function localRecipients({ recipients }: AcceptedMessage): ReadonlyMap<number, string> {
  const addresses = new Map<number, string>()
  for (const { address, target } of recipients) {
    if (target.kind === 'local' && !addresses.has(target.mailboxId)) addresses.set(target.mailboxId, address)
  }
  return addresses
}

function planCopies(message: AcceptedMessage, filings: RecipeOutcome['filings'], common: Common): ArrivingMessage[] {
  const copies: Copy[] = [...localRecipients(message)].flatMap(([mailboxId, address]) => {
    if (filings.has(mailboxId)) return []
    return [{ mailboxId, folderId: null, specialUse: message.fileInto, prefix: tracePrefix(message, address) }]
  })
  return copies.length === 0 ? [] : [{ ...common, content: message.content, flags: 0, keywords: [], copies }]
}

/** Each has flags and perhaps a header of its own, and a UIDL that no other copy of its mailbox has. */
function planFilings(message: AcceptedMessage, filings: RecipeOutcome['filings'], common: Common): ArrivingMessage[] {
  return [...localRecipients(message)].flatMap(([mailboxId, address]) =>
    (filings.get(mailboxId) ?? []).map(({ folderId, specialUse, flags, keywords, edited }, index) => {
      const prefix = edited === null ? tracePrefix(message, address) : returnPath(message)
      const uidl = index === 0 ? common.uidl : newReference()
      const content = edited ?? message.content
      return { ...common, uidl, content, flags, keywords, copies: [{ mailboxId, folderId, specialUse, prefix }] }
    }),
  )
}

/** RFC 5321 §4.4: Return-Path is added at final delivery; Delivered-To lets a loop be seen. */
function tracePrefix(message: AcceptedMessage, recipient: string): Buffer {
  return Buffer.concat([returnPath(message), Buffer.from(`Delivered-To: ${recipient}\r\n`), message.traceHeader])
}

function returnPath({ sender }: AcceptedMessage): Buffer {
  return Buffer.from(`Return-Path: <${sender}>\r\n`)
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
