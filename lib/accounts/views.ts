/** What may leave the data layer. A view never holds a verifier, a hash or a salt. */
import type { CredentialModel, MailboxModel } from '#lib/db/prisma.ts'

export type SendingMethod = 'SMTP_AUTH' | 'POP_BEFORE_SMTP'
export const credentialScopes = ['submission', 'pop', 'imap', 'sieve'] as const
export type CredentialScope = (typeof credentialScopes)[number]

export type MailboxView = {
  readonly id: number
  readonly address: string
  readonly login: string
  readonly displayName: string
  readonly sendingMethod: SendingMethod
  readonly popBeforeSmtp: boolean
  readonly quotaBytes: number
  readonly usedBytes: number
  readonly suspendedAt: Date | null
  /** why, in words for its owner */
  readonly suspension: { readonly ja: string; readonly en: string } | null
  /** too many limits reached: sending waits for the ISP */
  readonly sendingHeldAt: Date | null
  /** its owner has asked for its deletion at this moment */
  readonly closesAt: Date | null
}

export type CredentialView = {
  readonly id: string
  readonly mailboxId: number
  readonly label: string
  readonly clientId: string | null
  readonly username: string
  readonly scopes: readonly CredentialScope[]
  /** also good for CRAM-MD5 and APOP: its password is kept, sealed */
  readonly isRecoverable: boolean
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly lastUsedAddress: string | null
  readonly lastUsedVia: string | null
}

export function mailboxView(row: MailboxModel): MailboxView {
  const { id, address, login, displayName, sendingMethod, popBeforeSmtp } = row
  const { suspendedAt, sendingHeldAt, closesAt } = row
  const quotaBytes = Number(row.quotaBytes)
  const usedBytes = Number(row.usedBytes)
  const { suspensionJa, suspensionEn } = row
  const suspension = suspensionJa === null || suspensionEn === null ? null : { ja: suspensionJa, en: suspensionEn }
  return {
    id,
    address,
    login,
    displayName,
    sendingMethod,
    popBeforeSmtp,
    quotaBytes,
    usedBytes,
    suspendedAt,
    suspension,
    sendingHeldAt,
    closesAt,
  }
}

export function credentialView(row: CredentialModel): CredentialView {
  const { id, mailboxId, label, clientId, username, expiresAt, revokedAt, createdAt } = row
  const { lastUsedAt, lastUsedAddress, lastUsedVia } = row
  const scopes = row.scopes.filter((scope): scope is CredentialScope => isCredentialScope(scope))
  return {
    id,
    mailboxId,
    label,
    clientId,
    username,
    scopes,
    isRecoverable: row.sealedSecret !== null,
    expiresAt,
    revokedAt,
    createdAt,
    lastUsedAt,
    lastUsedAddress,
    lastUsedVia,
  }
}

function isCredentialScope(text: string): text is CredentialScope {
  return (credentialScopes as readonly string[]).includes(text)
}
