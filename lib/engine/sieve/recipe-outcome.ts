/** What the scripts of a message's recipients decided, in the terms of delivery. */
import { createHash } from 'node:crypto'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { AcceptedMessage } from '../delivery/accepted-message.ts'

/** One copy in one folder. */
export type Filing = {
  readonly folderId: number | null
  readonly specialUse: string | null
  /** bit set, see lib/mail/message-flags.ts */
  readonly flags: number
  readonly keywords: readonly string[]
  /** the whole message, when a script changed its header; null: as it came */
  readonly edited: Buffer | null
}

export type Mark = {
  readonly mailboxId: number
  readonly key: Buffer
  readonly kind: 'answered' | 'seen'
  readonly seconds: number
}

/** Sent only if its mark can be made: once per sender and period. */
export type Answer = { readonly mark: Mark; readonly message: AcceptedMessage }

/** Shown to the owner of the mailbox. */
export type RecipeEvent = { readonly mailboxId: number; readonly reason: ReasonId; readonly detail: string }

export type ForwardRequest = { readonly mailboxId: number; readonly address: string; readonly tokenHash: Buffer }
/** The letter that asks the reader of an address whether mail may be forwarded there; sent with a new request only. */
export type Invitation = { readonly request: ForwardRequest; readonly message: AcceptedMessage }

export type RecipeOutcome = {
  /** by mailbox; one that is missing gets its copy as ever */
  readonly filings: ReadonlyMap<number, readonly Filing[]>
  /** redirects, notifications and reports of refusals: stored with the message or not at all */
  readonly messages: readonly AcceptedMessage[]
  readonly answers: readonly Answer[]
  readonly invitations: readonly Invitation[]
  readonly marks: readonly Mark[]
  readonly events: readonly RecipeEvent[]
  /** whose mail is passed on to elsewhere, once for each message */
  readonly forwardedBy: readonly number[]
}

export const noRecipes: RecipeOutcome = {
  filings: new Map(),
  messages: [],
  answers: [],
  invitations: [],
  marks: [],
  events: [],
  forwardedBy: [],
}

export function markKey(kind: Mark['kind'], text: string): Buffer {
  return createHash('sha256').update(`${kind}\0${text}`).digest()
}
