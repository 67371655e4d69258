/**
 * One POP3 session: its state, its replies, its record. The commands work on it; the server's loop drives it.
 *
 * Guarantees: every line and every reply is recorded without secrets; every refusal that is not a client's slip is an
 * event. Replies wait for a client that does not read them, in bounded memory and not for ever.
 */
import { endAfter, type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Identity, SessionFacts } from '../auth/identity.ts'
import type { RelayWindows } from '../auth/relay-windows.ts'
import { sessionFactsOf } from '../auth/session-facts.ts'
import type { EventRecorder, SessionRecorder } from '../events/recorder.ts'
import { pop3Line } from '../events/redact.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { BoundedOutput } from '../runtime/bounded-output.ts'
import type { Connection } from '../runtime/connection.ts'
import type { LiveSession } from '../sessions/live-sessions.ts'
import type { SessionRegistry } from '../sessions/registry.ts'
import type { Maildrops } from '../store/maildrop.ts'
import type { OpenMailbox } from './open-mailbox.ts'

export type Pop3Services = {
  readonly policy: PolicySource
  readonly authenticator: Authenticator
  readonly relayWindows: RelayWindows
  readonly maildrops: Maildrops
  readonly events: EventRecorder
  readonly sessions: SessionRegistry
  readonly reasonContext: () => ReasonContext
  /** the name under which this listener greets */
  readonly hostNameOf: (connection: Connection) => string
  readonly onFault: (error: unknown) => void
}

/** RFC 2449 §8, RFC 3206: what a client may learn from a refusal without reading its words. */
export type ResponseCode = 'AUTH' | 'IN-USE' | 'SYS/TEMP'

/** A session in the TRANSACTION state. */
export type MailboxSession = Pop3Session & { readonly mailbox: OpenMailbox }

const MAX_UNSENT_BYTES = 65_536

export class Pop3Session {
  readonly connection: Connection
  readonly services: Pop3Services
  readonly recorder: SessionRecorder
  readonly hostName: string
  /** from USER, until PASS */
  userName: string | null = null
  /** of the greeting, for APOP; null where it may not be tried */
  stamp: string | null = null
  failedLogins = 0
  mailbox: OpenMailbox | null = null
  lastReplyWasError = false
  #live: LiveSession | null = null
  readonly #output: BoundedOutput

  constructor(connection: Connection, services: Pop3Services) {
    this.connection = connection
    this.services = services
    this.recorder = services.events.session(connection)
    this.hostName = services.hostNameOf(connection)
    this.#output = new BoundedOutput(connection, MAX_UNSENT_BYTES)
  }

  get facts(): SessionFacts {
    return sessionFactsOf(this.connection)
  }

  isInTransaction(): this is MailboxSession {
    return this.mailbox !== null
  }

  recordCommand(line: string): void {
    this.recorder.line('C', pop3Line(line))
  }

  ok(text: string): void {
    this.#reply(`+OK ${text}`, false)
  }

  error(text: string, code?: ResponseCode): void {
    this.#reply(code === undefined ? `-ERR ${text}` : `-ERR [${code}] ${text}`, true)
  }

  #reply(line: string, isError: boolean): void {
    this.lastReplyWasError = isError
    this.recorder.line('S', line)
    this.write(`${line}\r\n`)
  }

  /** A refusal that the mailbox's owner should see as an event of its own. */
  refuse(text: string, code: ResponseCode | undefined, reason: ReasonId | null): void {
    this.error(text, code)
    const enhancedStatus = reason === null ? null : reasons[reason].enhanced
    this.recorder.refusal({ replyCode: '-ERR', enhancedStatus, reason, detail: text })
  }

  /** @param waitSeconds for what ends by itself: until then */
  refuseFor(reason: ReasonId, waitSeconds?: number): void {
    this.refuse(
      reasonText(reason, { ...this.services.reasonContext(), ...endAfter(waitSeconds) }),
      responseCodeFor(reason),
      reason,
    )
  }

  /** The lines of an answer, or of its part; the record keeps only the reply before them. */
  write(bytes: string | Buffer): void {
    this.#output.write(bytes)
  }

  /** To be awaited between the parts of a long answer and after each command. */
  makeRoom(): Promise<void> {
    return this.#output.makeRoom()
  }

  enterTransaction(identity: Identity, mailbox: OpenMailbox): void {
    this.mailbox = mailbox
    this.#live = this.services.sessions.register(this.connection, identity)
  }

  /** Lets the next session into the mailbox. What was marked for deletion stays, unless it was removed before. */
  async leave(): Promise<void> {
    this.#live?.end()
    this.#live = null
    await this.mailbox?.maildrop.close()
  }
}

const withoutCode: readonly ReasonId[] = ['mechanismNotAllowed', 'authNotOffered', 'notDecided']

/** RFC 3206: AUTH is for what only the person can mend; a client that reads it asks for the password again. */
export function responseCodeFor(reason: ReasonId): ResponseCode | undefined {
  if (withoutCode.includes(reason)) return undefined
  return reasons[reason].code < 500 ? 'SYS/TEMP' : 'AUTH'
}
