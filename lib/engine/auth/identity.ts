/** What a login yields, and what it is asked with. Shared by all doors. */

import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export type LoginScope = 'submission' | 'pop' | 'imap' | 'sieve'

export type Identity = {
  readonly mailboxId: number
  readonly credentialId: string
  /** the mailbox's own address */
  readonly address: string
  /** every address that it may send as, lower case, its own included */
  readonly addresses: readonly string[]
  readonly popBeforeSmtp: boolean
  /** folders that came from an old server, whose programs know their names in modified UTF-7 */
  readonly hasUtf7Folders: boolean
  /** when the credential ends by itself */
  readonly expiresAt: Date | null
}

export type SessionFacts = {
  readonly sessionId: string
  readonly listener: ListenerName
  /** canonical text of the remote address */
  readonly address: string
  readonly tls: boolean
  /** that the client asked for by SNI */
  readonly serverName: string | null
  /** the connection came to an address of the old host */
  readonly isOldAddress: boolean
  /** what the program calls itself, where it has said so */
  readonly clientName: string | null
  /** what a login on this connection can be bound to (RFC 5056), by its type; null where it cannot */
  readonly bindingOf: (type: string) => Buffer | null
}

export type Refusal = {
  readonly reason: ReasonId
  /** try again later: the answer says nothing about the password */
  readonly temporary: boolean
  /** SMTP's code; POP3 and IMAP have their own words for it */
  readonly code: number
  readonly enhanced: string
  /** ASCII, for the wire */
  readonly text: string
}

export type LoginResult =
  | { readonly outcome: 'accepted'; readonly identity: Identity }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The client broke the exchange off, or sent what cannot be decoded (501 5.5.2, BAD). */
  | { readonly outcome: 'cancelled' | 'malformed' }
