/** What is known of the person whose attempts are looked at; a visitor has no mailboxes here. */
import type { LoginRealm } from '#lib/mail/login-name.ts'

export type WindowFacts = { readonly address: string; readonly openedAt: Date; readonly expiresAt: Date }

export type MailboxFacts = {
  readonly id: number
  readonly address: string
  /** without the domain: the mailbox's own and those of its credentials, lower case */
  readonly names: readonly string[]
  readonly domain: string
  readonly popBeforeSmtp: boolean
  readonly windows: readonly WindowFacts[]
  /** when it was read by IMAP lately */
  readonly imapLogins: readonly { readonly at: Date }[]
  readonly clientId: string | null
}

export type DoctorFacts = {
  readonly hosts: { readonly old: string; readonly pop: string; readonly smtp: string; readonly smtpa: string }
  readonly realm: LoginRealm
  readonly mailboxes: readonly MailboxFacts[]
}
