/** What the bench knows of a mail server, ours or another's: where it listens, what it runs in, and who uses it. */
import type { ServerParts } from './load-job.ts'
import type { Sender } from './smtp-conversation.ts'

export type Door = 'mx' | 'submission' | 'submissions' | 'pop3' | 'pop3s' | 'imap' | 'imaps'

/** A server may lack doors. */
export type MailServer<Doors extends Door = Door> = {
  readonly name: string
  readonly ports: Readonly<Record<Doors, number>>
  /** of the certificate authority that its certificate is checked against */
  readonly authorityFile: string
  readonly parts: ServerParts
}

export type People = {
  readonly senders: readonly Sender[]
  /** Their mailboxes hold MAILBOX_MESSAGES messages each. */
  readonly readers: readonly Sender[]
  /** Each has a script of SCRIPT_RULES rules, see rules.ts. */
  readonly sorters: readonly Sender[]
  /** whose folder is large */
  readonly hoarder: Sender
}

export const MAILBOX_MESSAGES = 100
export const SCRIPT_RULES = 20
export const SORTERS = 16
