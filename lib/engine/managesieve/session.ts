/** One ManageSieve session: its state, its replies, its record without scripts and secrets. */
import { endAfter, type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Identity, SessionFacts } from '../auth/identity.ts'
import { sessionFactsOf } from '../auth/session-facts.ts'
import type { EventRecorder, SessionRecorder } from '../events/recorder.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { Connection } from '../runtime/connection.ts'
import type { LiveSession } from '../sessions/live-sessions.ts'
import type { SessionRegistry } from '../sessions/registry.ts'
import type { ScriptStore } from '../sieve/script-store.ts'
import { wireString } from './wire/command-reader.ts'

export type ManageSieveServices = {
  readonly policy: PolicySource
  readonly authenticator: Authenticator
  readonly scriptsOf: (identity: Identity) => ScriptStore
  readonly events: EventRecorder
  readonly sessions: SessionRegistry
  readonly reasonContext: () => ReasonContext
  readonly hostNameOf: (connection: Connection) => string
  readonly onFault: (error: unknown) => void
}

export class ManageSieveSession {
  readonly connection: Connection
  readonly services: ManageSieveServices
  readonly recorder: SessionRecorder
  scripts: ScriptStore | null = null
  failedLogins = 0
  isEnding = false
  #live: LiveSession | null = null

  constructor(connection: Connection, services: ManageSieveServices) {
    this.connection = connection
    this.services = services
    this.recorder = services.events.session(connection)
  }

  get facts(): SessionFacts {
    return sessionFactsOf(this.connection)
  }

  ok(text: string, code = ''): void {
    this.#reply('OK', code, text)
  }

  no(text: string, code = ''): void {
    this.#reply('NO', code, text)
  }

  /** The last word. */
  bye(text: string, code = ''): void {
    this.isEnding = true
    this.#reply('BYE', code, text)
  }

  /** A refusal that the mailbox's owner should see. @param waitSeconds for what ends by itself: until then */
  refuseFor(reason: ReasonId, say: 'no' | 'bye' = 'no', waitSeconds?: number): void {
    const text = reasonText(reason, { ...this.services.reasonContext(), ...endAfter(waitSeconds) })
    this[say](text)
    this.recorder.refusal({ replyCode: 'NO', enhancedStatus: reasons[reason].enhanced, reason, detail: text })
  }

  #reply(status: 'OK' | 'NO' | 'BYE', code: string, text: string): void {
    this.recorder.line('S', `${status} ${text.replaceAll(/[\r\n]+/g, ' ')}`)
    this.write(`${status}${code === '' ? '' : ` (${code})`} ${wireString(text)}\r\n`)
  }

  write(text: string): void {
    this.connection.write(text)
  }

  signIn(identity: Identity): void {
    this.scripts = this.services.scriptsOf(identity)
    this.#live = this.services.sessions.register(this.connection, identity)
  }

  /** As before the login (RFC 5804 §2.14.1). */
  signOut(): void {
    this.scripts = null
    this.leave()
  }

  leave(): void {
    this.#live?.end()
    this.#live = null
  }
}
