/**
 * What happened on the wire, for the person whose mailbox it is: each login, refusal, accepted message, opened
 * RelayWindow and end of a session is one row of protocol_events, with the protocol lines that led to it.
 *
 * Guarantees: every line is stored with exactly one event; a session never waits for its record. What anybody can cause
 * without a word (mishaps, and logins that only look for themselves) is kept a few times a minute for each address, and
 * what strangers are refused some hundred times: a flood must not fill the disk.
 * Lines must already be free of secrets and correspondents (redact.ts); control bytes are escaped here once more,
 * because a forged line in a log is an attack on its reader.
 */
import type { Queryable } from '#lib/db/database.ts'
import type { Mishap } from '#lib/mail/mishap.ts'
import type { RuledMailbox } from '#lib/policy/in-force.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import type { Identity, Refusal } from '../auth/identity.ts'
import { createMinuteCounter, originOf } from '../runtime/minute-counter.ts'
import { type EventKind, type EventRow, type EventWriter, openEventWriter } from './event-writer.ts'
import { printable, shownName } from './redact.ts'
import { Transcript } from './transcript.ts'

export type LoginFacts = {
  readonly loginName: string
  readonly mechanism: string
  readonly identity: Identity | null
  /** the mailbox that was meant, also when the login failed */
  readonly mailboxId: number | null
  readonly refusal: Refusal | null
  /** of the code that stood in the place of a user name; the name itself is not kept then */
  readonly checkHash?: Buffer | null
}

export type RefusalFacts = {
  /** "550", "-ERR", "NO" */
  readonly replyCode: string
  readonly enhancedStatus: string | null
  readonly reason: ReasonId | null
  readonly detail: string
  /** the mailbox that was meant, where nobody has proved to own one */
  readonly mailboxId?: number | null
}

export type AcceptedFacts = {
  readonly detail: string
  /** the reference that the client was told in the 250 reply */
  readonly messageRef: string
  readonly sizeBytes: number
  readonly recipients: number
}

export interface SessionRecorder {
  line(direction: 'C' | 'S', text: string): void
  login(login: LoginFacts): void
  refusal(refusal: RefusalFacts): void
  accepted(accepted: AcceptedFacts): void
  relayWindowOpened(window: { readonly expiresAt: Date }): void
  /** From now on the session's events belong to this mailbox; an accepted login says so by itself. */
  identify(identity: RuledMailbox & { readonly credentialId: string }): void
  /** The client speaks to the wrong service. */
  mishap(mishap: Mishap): void
  /** The first call counts. A session in which the client never said a word is a mishap. */
  ended(detail: string): void
}

/** What the recorder needs of a connection. */
export type RecordedConnection = {
  readonly id: string
  readonly listener: { readonly name: ListenerName }
  readonly remoteAddress: string
  readonly tls: { readonly version: string } | null
  readonly serverName: string | null
  readonly mishap: Mishap | null
}

export interface EventRecorder {
  session(connection: RecordedConnection): SessionRecorder
  /** of a connection that no session came of */
  readonly mishap: (connection: RecordedConnection, mishap: Mishap) => void
  /** events that were given up because the database was away for too long */
  readonly droppedCount: number
  close(): Promise<void>
}

export type EventRecorderParts = {
  readonly database: Queryable
  /** the version that rules now, for a mailbox; null before the first was read */
  readonly policyVersion: (mailbox: RuledMailbox | null) => number | null
  readonly onFault: (error: unknown) => void
}

export function openEventRecorder({ database, policyVersion, onFault }: EventRecorderParts): EventRecorder {
  const writer = openEventWriter(database, onFault)
  const count = createMinuteCounter()
  const book: Book = {
    writer,
    policyVersion,
    mayKeep: (what, address) => count(`${what} ${originOf(address)}`) <= mostPerMinute[what],
  }
  return {
    session: (connection) => new RecordedSession(connection, book),
    mishap: (connection, mishap) => new RecordedSession(connection, book).mishap(mishap),
    get droppedCount() {
      return writer.droppedCount
    },
    close: () => writer.close(),
  }
}

const mostPerMinute = { mishap: 10, check: 30, stranger: 600 } as const

/** What all sessions share. */
type Book = {
  readonly writer: EventWriter
  readonly policyVersion: EventRecorderParts['policyVersion']
  readonly mayKeep: (what: keyof typeof mostPerMinute, address: string) => boolean
}

type EventFields = Partial<
  Pick<
    EventRow,
    | 'mailbox_id'
    | 'login_name'
    | 'mechanism'
    | 'reply_code'
    | 'enhanced_status'
    | 'reason'
    | 'mishap'
    | 'check_hash'
    | 'size_bytes'
    | 'recipients'
  >
>

class RecordedSession implements SessionRecorder {
  readonly #connection: RecordedConnection
  readonly #book: Book
  readonly #transcript = new Transcript()
  #mailbox: RuledMailbox | null = null
  #credentialId: string | null = null
  #hasSpoken = false
  #hasEnded = false

  constructor(connection: RecordedConnection, book: Book) {
    this.#connection = connection
    this.#book = book
  }

  line(direction: 'C' | 'S', text: string): void {
    if (direction === 'C') this.#hasSpoken = true
    this.#transcript.add(`${direction}: ${printable(text)}`)
  }

  login({ loginName, mechanism, identity, mailboxId, refusal, checkHash = null }: LoginFacts): void {
    if (identity) this.identify(identity)
    if (checkHash !== null && !this.#book.mayKeep('check', this.#connection.remoteAddress)) return
    const name = mailboxId === null ? shownName(loginName) : printable(loginName)
    const login_name = checkHash === null ? name : ''
    if (refusal === null) {
      this.#write('login', 'Signed in', { mailbox_id: mailboxId, login_name, mechanism })
      return
    }
    this.#write('refusal', refusal.text, {
      mailbox_id: mailboxId,
      login_name,
      mechanism,
      reply_code: String(refusal.code),
      enhanced_status: refusal.enhanced,
      reason: refusal.reason,
      check_hash: checkHash === null ? null : `\\x${checkHash.toString('hex')}`,
    })
  }

  refusal({ replyCode, enhancedStatus, reason, detail, mailboxId = null }: RefusalFacts): void {
    const fields = { reply_code: replyCode, enhanced_status: enhancedStatus, reason }
    this.#write('refusal', detail, { ...fields, mailbox_id: mailboxId })
  }

  accepted({ detail, messageRef, sizeBytes, recipients }: AcceptedFacts): void {
    this.#write('accepted', `${detail} (${messageRef})`, { size_bytes: sizeBytes, recipients })
  }

  relayWindowOpened({ expiresAt }: { readonly expiresAt: Date }): void {
    this.#write('relayWindowOpened', `Sending is possible until ${expiresAt.toISOString()}`)
  }

  identify({ mailboxId, addresses, credentialId }: RuledMailbox & { readonly credentialId: string }): void {
    this.#mailbox = { mailboxId, addresses }
    this.#credentialId = credentialId
  }

  #isStrangers(kind: EventKind, { mailbox_id = null }: EventFields): boolean {
    return (kind === 'refusal' || kind === 'sessionEnded') && mailbox_id === null && this.#mailbox === null
  }

  mishap(mishap: Mishap): void {
    if (this.#book.mayKeep('mishap', this.#connection.remoteAddress)) this.#write('mishap', mishap, { mishap })
  }

  ended(detail: string): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const { mishap } = this.#connection
    if (mishap !== null || !this.#hasSpoken) this.mishap(mishap ?? 'leftWithoutWord')
    if (this.#hasSpoken) this.#write('sessionEnded', detail)
  }

  #write(kind: EventKind, detail: string, fields: EventFields = {}): void {
    if (this.#isStrangers(kind, fields) && !this.#book.mayKeep('stranger', this.#connection.remoteAddress)) return
    this.#book.writer.write({
      at: new Date(),
      session_id: this.#connection.id,
      kind,
      listener: this.#connection.listener.name,
      address: this.#connection.remoteAddress,
      tls_version: this.#connection.tls?.version ?? null,
      mailbox_id: fields.mailbox_id ?? this.#mailbox?.mailboxId ?? null,
      credential_id: this.#credentialId,
      login_name: fields.login_name ?? null,
      mechanism: fields.mechanism ?? null,
      reply_code: fields.reply_code ?? null,
      enhanced_status: fields.enhanced_status ?? null,
      reason: fields.reason ?? null,
      detail: printable(detail),
      transcript: this.#transcript.take(),
      policy_version: this.#book.policyVersion(this.#mailbox),
      server_name: printable(this.#connection.serverName ?? '') || null,
      mishap: fields.mishap ?? null,
      check_hash: fields.check_hash ?? null,
      size_bytes: fields.size_bytes ?? null,
      recipients: fields.recipients ?? null,
    })
  }
}
