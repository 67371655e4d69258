/**
 * One SMTP session: its state, its replies, its record. The commands work on it; the server's loop drives it.
 *
 * Guarantees: every line and every reply is recorded without secrets; every refusal is an event. What a session may do
 * is asked of the policy at each stage, never remembered from an earlier one.
 */
import { type Question, refusalIn, type Verdict } from '#lib/policy/decide.ts'
import type { RuledMailbox } from '#lib/policy/in-force.ts'
import { endAfter, type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { HostUses } from '../auth/host-uses.ts'
import type { Identity, SessionFacts } from '../auth/identity.ts'
import type { OpenWindow, RelayWindows } from '../auth/relay-windows.ts'
import { sessionFactsOf } from '../auth/session-facts.ts'
import type { AcceptMessage } from '../delivery/accept-message.ts'
import type { AcceptedRecipient, MessageOwner } from '../delivery/accepted-message.ts'
import type { ResolveRecipient } from '../delivery/resolve-recipient.ts'
import type { EventRecorder, SessionRecorder } from '../events/recorder.ts'
import { smtpLine } from '../events/redact.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { Connection } from '../runtime/connection.ts'
import type { ScanMessage } from '../scanners/scan-message.ts'
import type { CheckSender } from '../sender-checks/check-sender.ts'
import type { LiveSession } from '../sessions/live-sessions.ts'
import type { SessionRegistry } from '../sessions/registry.ts'
import type { Sightings } from '../sightings/sightings.ts'
import type { FreeSpace } from '../store/free-space.ts'
import type { FindListings } from '../strangers/blocklists.ts'
import type { Greylist } from '../strangers/greylist.ts'
import type { UnknownRecipients } from '../strangers/unknown-recipients.ts'
import type { MailParameters } from './wire/envelope-parameters.ts'
import { formatReply, type Reply, reply } from './wire/reply.ts'

export type SmtpServices = {
  readonly policy: PolicySource
  readonly authenticator: Authenticator
  readonly relayWindows: RelayWindows
  readonly hostUses: HostUses
  /** host names of earlier days, lower case */
  readonly formerHosts: readonly string[]
  readonly hostedDomains: readonly string[]
  readonly resolveRecipient: ResolveRecipient
  readonly acceptMessage: AcceptMessage
  readonly checkSender: CheckSender
  readonly findListings: FindListings
  readonly greylist: Greylist
  readonly unknownRecipients: UnknownRecipients
  readonly scanMessage: ScanMessage
  readonly freeSpace: Pick<FreeSpace, 'hasRoomFor'>
  readonly events: EventRecorder
  readonly sessions: SessionRegistry
  readonly sightings: Sightings
  readonly reasonContext: () => ReasonContext
  /** the name under which this listener greets */
  readonly hostNameOf: (connection: Connection) => string
  /** where unqualified addresses of our own subscribers belong */
  readonly defaultDomain: string
}

/** mx takes mail for our domains; window is POP before SMTP; submission is SMTP AUTH. */
export type SmtpRole = 'mx' | 'window' | 'submission'

/** By what right this transaction was begun; it stays so until the transaction ends, however long that takes. */
export type SendingRight =
  | { readonly kind: 'none' | 'endedWithOldHost' }
  | { readonly kind: 'authenticated'; readonly owner: MessageOwner; readonly addresses: readonly string[] }
  | { readonly kind: 'relayWindow'; readonly owner: MessageOwner | null; readonly addresses: readonly string[] }

export type Transaction = {
  readonly sender: string
  readonly parameters: MailParameters
  readonly right: SendingRight
  readonly recipients: AcceptedRecipient[]
}

/** At the port of the old host a RelayWindow makes a subscriber's mail program of what else would be a stranger's server. */
export function roleIn({ role }: SmtpSession, { right }: Transaction): SmtpRole {
  return role === 'mx' && right.kind === 'relayWindow' ? 'window' : role
}

/** The host at the other end, as the policy sees it: a subscriber's mail program is no stranger. */
export function strangerIn(session: SmtpSession, right: SendingRight): Extract<Question, { stage: 'stranger' }> {
  const { connection, listedBy, services, role } = session
  const address = connection.remoteAddress
  const isStranger = role === 'mx' && right.kind === 'none'
  return {
    stage: 'stranger',
    address,
    listedBy,
    conduct: isStranger ? services.unknownRecipients.conductOf(address) : null,
  }
}

type RefusalDetails = {
  /** the mailbox that was meant, where nobody has proved to own one */
  readonly mailboxId?: number | null
  /** for what ends by itself: until then */
  readonly waitSeconds?: number | null
  readonly about?: string
}

export class SmtpSession {
  readonly connection: Connection
  readonly services: SmtpServices
  readonly recorder: SessionRecorder
  readonly role: SmtpRole
  readonly hostName: string
  /** what the client called itself, and whether by EHLO; null before that */
  greeting: { readonly name: string; readonly isExtended: boolean } | null = null
  identity: Identity | null = null
  mechanism: string | null = null
  transaction: Transaction | null = null
  transactionCount = 0
  failedLogins = 0
  unknownRecipientCount = 0
  /** the DNS lists that name this client, as far as the policy asks them */
  listedBy: readonly string[] = []
  #window: OpenWindow | null = null
  #live: LiveSession | null = null
  #lastReplyCode = 0

  constructor(connection: Connection, services: SmtpServices) {
    this.connection = connection
    this.services = services
    this.recorder = services.events.session(connection)
    this.hostName = services.hostNameOf(connection)
    const { name } = connection.listener
    this.role = name === 'mx' ? 'mx' : name === 'smtp' ? 'window' : 'submission'
  }

  get facts(): SessionFacts {
    return sessionFactsOf(this.connection, this.greeting?.name ?? null)
  }

  /** Whose policy rules: of whoever has logged in, or whose window the last sender named. */
  get mailbox(): RuledMailbox | null {
    return this.identity ?? this.#window
  }

  get lastReplyCode(): number {
    return this.#lastReplyCode
  }

  /** What the owner may read of their own session: their own addresses, nobody else's. */
  recordCommand(line: string): void {
    this.recorder.line('C', smtpLine(line, this.identity?.addresses ?? []))
  }

  send(answer: Reply): void {
    this.#lastReplyCode = answer.code
    const line = formatReply(answer)
    this.recorder.line('S', line.trimEnd())
    this.connection.write(line)
  }

  /** Several lines that form one reply; the record keeps the last. */
  sendLines(code: number, lines: string, lastLine: string): void {
    this.#lastReplyCode = code
    this.recorder.line('S', `${code} ${lastLine}`)
    this.connection.write(lines)
  }

  /**
   * A reply that refuses, as an event of its own.
   * @param mailboxId the mailbox that was meant, where nobody has proved to own one
   */
  refuse(answer: Reply, reason: ReasonId | null = null, mailboxId: number | null = null): void {
    this.send(answer)
    const { code, enhanced, text } = answer
    this.recorder.refusal({ replyCode: String(code), enhancedStatus: enhanced, reason, detail: text, mailboxId })
  }

  refuseFor(reason: ReasonId, { mailboxId = null, waitSeconds = null, about }: RefusalDetails = {}): void {
    const { code, enhanced } = reasons[reason]
    const named = about === undefined ? {} : { about }
    const text = reasonText(reason, { ...this.services.reasonContext(), ...endAfter(waitSeconds), ...named })
    this.refuse(reply(code, enhanced, text), reason, mailboxId)
  }

  /** @returns true when the policy lets the session go on; else the refusal has been sent */
  isAllowed(verdict: Verdict, mailboxId: number | null = null): boolean {
    const refusal = refusalIn(verdict)
    if (refusal !== null) this.refuseFor(refusal.reason, { ...refusal, mailboxId })
    return refusal === null
  }

  login(identity: Identity, mechanism: string): void {
    this.identity = identity
    this.mechanism = mechanism
    this.#live = this.services.sessions.register(this.connection, identity)
  }

  /** The windows that are open for this address may be used by several people; the sender tells who it is. */
  identifyWindow(windows: readonly OpenWindow[], sender: string): OpenWindow | null {
    const window = windows.find(({ addresses }) => addresses.includes(sender.toLowerCase())) ?? null
    this.#window = window
    if (window !== null) this.recorder.identify(window)
    return window
  }

  resetTransaction(): void {
    this.transaction = null
  }

  /** RFC 3207 §4.2: after STARTTLS nothing that was said before counts. */
  forgetEverything(): void {
    this.greeting = null
    this.identity = null
    this.resetTransaction()
  }

  close(detail: string): void {
    this.#live?.end()
    this.recorder.ended(detail)
  }
}
