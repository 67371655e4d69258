/** The one thing that a subscriber should do next. */
import type { CredentialView, MailboxView } from '#lib/accounts/index.ts'

export type MailboxState = { readonly mailbox: MailboxView; readonly credentials: readonly CredentialView[] }

export type NextStep =
  | { readonly kind: 'suspended' }
  | { readonly kind: 'issueCredential' }
  | { readonly kind: 'lookAtTrouble' }
  | { readonly kind: 'setUpClient'; readonly clientId: string | null }
  | { readonly kind: 'receiveFirst' }
  | { readonly kind: 'nothing' }

export function isUsable({ revokedAt, expiresAt }: CredentialView, now = Date.now()): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt.getTime() > now)
}

export function nextStep(mailboxes: readonly MailboxState[], hasTrouble: boolean): NextStep {
  if (mailboxes.some(({ mailbox }) => mailbox.suspendedAt !== null)) return { kind: 'suspended' }
  const usable = mailboxes.flatMap(({ credentials }) => credentials.filter((credential) => isUsable(credential)))
  if (usable.length === 0) return { kind: 'issueCredential' }
  if (hasTrouble) return { kind: 'lookAtTrouble' }
  if (usable.every(({ lastUsedAt }) => lastUsedAt === null)) {
    return { kind: 'setUpClient', clientId: usable[0]?.clientId ?? null }
  }
  if (mailboxes.some(({ mailbox }) => mailbox.popBeforeSmtp)) return { kind: 'receiveFirst' }
  return { kind: 'nothing' }
}
