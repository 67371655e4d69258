/**
 * What an agent sees of a customer: contract, how they sign in, mailboxes, credentials without secrets, and how logins
 * went. Never subjects, bodies, correspondents, folders, nor what was sent when (secrecy of communications).
 */
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { mailboxView } from '#lib/accounts/views.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireOpenCustomer } from './open-customer.ts'
import { type AssistedMailbox, readAssistedMailbox } from './read-assisted-mailbox.ts'

export type AssistedCustomer = {
  readonly customerId: string
  readonly contractNumber: string
  readonly name: string
  readonly nameKana: string
  readonly contact: { readonly phone: string; readonly changedAt: Date | null; readonly verifiedAt: Date | null } | null
  readonly signIn: PortalSignIn | null
  readonly mailboxes: readonly AssistedMailbox[]
  /** why this agent has the page open */
  readonly reason: string
}

/** How the customer signs in to the portal. */
export type PortalSignIn = {
  readonly isDisabled: boolean
  readonly hasAuthenticatorApp: boolean
  readonly passkeys: number
  /** codes on paper that are left */
  readonly recoveryCodes: number
  readonly hasRecoveryAddress: boolean
  readonly lastAt: Date | null
}

/** @throws AppError not_found, forbidden (not opened with a reason) */
export async function readCustomer(actor: Actor, customerId: string): Promise<AssistedCustomer> {
  const reason = await requireOpenCustomer(actor, customerId)
  const customer = await prisma().customer.findUnique({
    where: { id: customerId },
    include: {
      mailboxes: { orderBy: { id: 'asc' } },
      contact: { select: { phone: true, changedAt: true, verifiedAt: true } },
    },
  })
  if (customer === null) throw notFound(`customer ${customerId}`)
  const [signIn, mailboxes] = await Promise.all([
    portalSignIn(customerId),
    Promise.all(customer.mailboxes.map((mailbox) => readAssistedMailbox(actor, mailboxView(mailbox)))),
  ])
  const { contractNumber, name, nameKana, contact } = customer
  return { customerId, contractNumber, name, nameKana, contact, signIn, mailboxes, reason }
}

async function portalSignIn(customerId: string): Promise<PortalSignIn | null> {
  const account = await prisma().portalAccount.findFirst({
    where: { customerId, role: 'SUBSCRIBER' },
    select: {
      disabledAt: true,
      authenticatorApp: { select: { confirmedAt: true } },
      recoveryAddress: { select: { verifiedAt: true } },
      sessions: { select: { createdAt: true }, orderBy: { createdAt: 'desc' }, take: 1 },
      _count: { select: { passkeys: true, recoveryCodes: { where: { usedAt: null } } } },
    },
  })
  if (account === null) return null
  return {
    isDisabled: account.disabledAt !== null,
    hasAuthenticatorApp: account.authenticatorApp?.confirmedAt != null,
    passkeys: account._count.passkeys,
    recoveryCodes: account._count.recoveryCodes,
    hasRecoveryAddress: account.recoveryAddress?.verifiedAt != null,
    lastAt: account.sessions[0]?.createdAt ?? null,
  }
}
