/**
 * Who becomes an operator or a senior agent may do much, and approve what others ask for: it takes two people to make
 * one. Only where nobody else could approve, as on the first day of a site, one operator does it alone; whoever has sent
 * the others away within a day is not alone by that.
 */
import type { Actor, StaffRole } from '#lib/accounts/actor.ts'
import { permissions } from '#lib/accounts/permissions.ts'
import { type Order, passApproval } from '#lib/approvals/pass-approval.ts'
import type { Prisma } from '#lib/db/prisma.ts'

/** What is asked for, and of whom in words; `accountId`: where they are one of the staff already. */
export type Promotion = {
  readonly deed: 'inviteStaff' | 'changeStaffRole'
  readonly order: Order
  readonly role: StaffRole
  readonly who: string
  readonly accountId?: string
  readonly reason: string
}

const guardedRoles: readonly StaffRole[] = ['SENIOR_AGENT', 'OPERATOR']
const DAY_MS = 86_400_000

/** Changes of the staff wait for one another, so that the last operators cannot end each other at once. */
export async function lockStaff(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('staff'))`
}

/** @returns false when somebody else has to approve it first; the transaction must commit all the same */
export async function passPromotion(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { role, who: subject, accountId, ...matter }: Promotion,
): Promise<boolean> {
  const takesTwo = guardedRoles.includes(role) && (await hasApprover(transaction, actor, accountId))
  const concerns = accountId === undefined ? {} : { concernsAccount: accountId }
  return passApproval(transaction, actor, { ...matter, subject, ...concerns }, takesTwo)
}

async function hasApprover(transaction: Prisma.TransactionClient, actor: Actor, concerned?: string): Promise<boolean> {
  const notThese = [actor.accountId, ...(concerned === undefined ? [] : [concerned])]
  const approvers = await transaction.portalAccount.count({
    where: { id: { notIn: notThese }, role: { in: [...permissions['approval.decide']] }, disabledAt: null },
  })
  if (approvers > 0) return true
  const sentAway = await transaction.auditRecord.count({
    where: {
      actorId: actor.accountId,
      action: { in: ['staff.end', 'staff.changeRole'] },
      at: { gt: new Date(Date.now() - DAY_MS) },
    },
  })
  return sentAway > 0
}
