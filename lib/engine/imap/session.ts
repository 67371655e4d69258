/**
 * One IMAP session: its state, its replies, its record. The commands work on it; the server's loop drives it.
 *
 * Guarantees: the record holds command names and tagged replies, never secrets, search terms or folder names; answers
 * wait for a client that does not read them, in bounded memory and not for ever.
 */
import { endAfter, type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import type { HostUses } from '../auth/host-uses.ts'
import type { Identity, SessionFacts } from '../auth/identity.ts'
import { sessionFactsOf } from '../auth/session-facts.ts'
import type { EventRecorder, SessionRecorder } from '../events/recorder.ts'
import { shownTag } from '../events/redact.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { BoundedOutput } from '../runtime/bounded-output.ts'
import type { Connection } from '../runtime/connection.ts'
import type { LiveSession } from '../sessions/live-sessions.ts'
import type { SessionRegistry } from '../sessions/registry.ts'
import type { Sightings } from '../sightings/sightings.ts'
import type { MailboxStore, MailStore, SiteZone } from '../store/mailbox-store.ts'
import { Enabled } from './enabled.ts'
import type { Reply } from './reply.ts'
import type { SelectedFolder } from './selected-folder.ts'
import { encodeFolderName } from './wire/modified-utf7.ts'
import { replyText, wireAstring, wireUtf8String } from './wire/strings.ts'

export type ImapServices = {
  readonly policy: PolicySource
  readonly authenticator: Authenticator
  readonly mailStore: MailStore
  readonly events: EventRecorder
  readonly sessions: SessionRegistry
  readonly hostUses: HostUses
  readonly sightings: Sightings
  readonly reasonContext: () => ReasonContext
  /** the name under which this listener greets */
  readonly hostNameOf: (connection: Connection) => string
  /** in which dates are shown and searched */
  readonly zone: SiteZone
  readonly onFault: (error: unknown) => void
}

/** A session in the authenticated state. */
export type SignedInSession = ImapSession & { readonly store: MailboxStore }
/** A session in the selected state. */
export type SelectedSession = SignedInSession & { readonly folder: SelectedFolder }

const MAX_UNSENT_BYTES = 262_144
/** When no policy is loaded there is nothing to append to either. */
const FALLBACK_APPEND_BYTES = 36_700_160

export class ImapSession {
  readonly connection: Connection
  readonly services: ImapServices
  readonly recorder: SessionRecorder
  readonly hostName: string
  store: MailboxStore | null = null
  folder: SelectedFolder | null = null
  readonly enabled = new Enabled()
  failedLogins = 0
  isLoggingOut = false
  /** what begins after the tagged reply: TLS, compression */
  afterReply: (() => Promise<void>) | null = null
  /** of the command that is being answered */
  tag = ''
  #clientName: string | null = null
  #identity: Identity | null = null
  #live: LiveSession | null = null
  readonly #output: BoundedOutput

  constructor(connection: Connection, services: ImapServices) {
    this.connection = connection
    this.services = services
    this.recorder = services.events.session(connection)
    this.hostName = services.hostNameOf(connection)
    this.#output = new BoundedOutput(connection, MAX_UNSENT_BYTES)
  }

  get facts(): SessionFacts {
    return sessionFactsOf(this.connection, this.#clientName)
  }

  /** Programs that learnt folder names from an old server in modified UTF-7 would fetch those folders anew. */
  get isKnownInUtf7(): boolean {
    return this.#identity?.hasUtf7Folders === true
  }

  isSignedIn(): this is SignedInSession {
    return this.store !== null
  }

  isSelected(): this is SelectedSession {
    return this.folder !== null
  }

  get maxAppendBytes(): number {
    return this.services.policy.current()?.document.inbound.maxMessageBytes ?? FALLBACK_APPEND_BYTES
  }

  /** A folder's name as this client reads names. */
  wireName(name: string): string {
    if (!this.enabled.utf8Names) return wireAstring(encodeFolderName(name))
    return /[^\x00-\x7f]/.test(name) ? wireUtf8String(name) : wireAstring(name)
  }

  readonly untagged = (response: string): void => this.write(`* ${response}\r\n`)

  tagged(tag: string, { status, code, text }: Reply): void {
    const words = `${status} ${code === undefined ? '' : `[${code}] `}${replyText(text)}`
    this.recorder.line('S', `${shownTag(tag)} ${status} ${replyText(text)}`)
    this.write(`${tag} ${words}\r\n`)
  }

  /** The last word of a session that the server ends. */
  bye(text: string, code?: string): void {
    this.recorder.line('S', `* BYE ${text}`)
    this.write(`* BYE ${code === undefined ? '' : `[${code}] `}${replyText(text)}\r\n`)
  }

  /** An event of its own for the mailbox's owner. */
  recordRefusal(detail: string, reason: ReasonId | null): void {
    const enhancedStatus = reason === null ? null : reasons[reason].enhanced
    this.recorder.refusal({ replyCode: 'NO', enhancedStatus, reason, detail })
  }

  /** @param waitSeconds for what ends by itself: until then */
  textOf(reason: ReasonId, waitSeconds?: number): string {
    return reasonText(reason, { ...this.services.reasonContext(), ...endAfter(waitSeconds) })
  }

  write(bytes: string | Buffer): void {
    this.#output.write(bytes)
  }

  /** To be awaited between the parts of a long answer and after each command. */
  makeRoom(): Promise<void> {
    return this.#output.makeRoom()
  }

  signIn(identity: Identity): void {
    this.store = this.services.mailStore(identity.mailboxId)
    this.#identity = identity
    this.#live = this.services.sessions.register(this.connection, identity)
    if (this.#clientName === null) return
    this.#live.nameClient(this.#clientName)
    this.services.sightings.note(identity.mailboxId, this.#clientName)
  }

  /** What the client says that it is: its owner sees it in the list of who is connected. */
  nameClient(clientName: string): void {
    this.#clientName = clientName
    this.#live?.nameClient(clientName)
    const listener = this.connection.listener.name
    if (this.#identity === null) return
    this.services.hostUses.nameClient({ ...this.#identity, listener }, clientName)
    this.services.sightings.note(this.#identity.mailboxId, clientName)
  }

  /** Whoever begins to use it in a folder hears where the folder stands (RFC 7162 §3.1). */
  beginCondstore(): void {
    if (this.enabled.condstore) return
    this.enabled.condstore = true
    if (this.folder !== null) this.untagged(`OK [HIGHESTMODSEQ ${this.folder.modseq}] Latest change`)
  }

  select(folder: SelectedFolder | null): void {
    this.folder?.close()
    this.folder = folder
  }

  leave(): void {
    this.select(null)
    this.#live?.end()
    this.#live = null
  }
}
