/** How many requests wait for this person: those of others that they may decide, and their own that were approved. */
import type { Actor } from '#lib/accounts/actor.ts'
import { isPermitted } from '#lib/accounts/permissions.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'

export async function countWaitingApprovals({ role, accountId, customerId }: Actor): Promise<number> {
  if (!isPermitted(role, 'approval.read')) return 0
  const waiting: Prisma.ApprovalWhereInput[] = [{ requestedBy: accountId, isApproved: true, usedAt: null }]
  if (isPermitted(role, 'approval.decide')) waiting.push({ decidedAt: null, AND: notTheirOwn(accountId, customerId) })
  return prisma().approval.count({ where: { expiresAt: { gt: new Date() }, OR: waiting } })
}

/** Neither asked for by them, nor about their role or their contract. */
function notTheirOwn(accountId: string, customerId: string | null): Prisma.ApprovalWhereInput[] {
  return [
    { requestedBy: { not: accountId } },
    { OR: [{ concernsAccount: null }, { concernsAccount: { not: accountId } }] },
    customerId === null ? {} : { OR: [{ mailboxId: null }, { mailbox: { customerId: { not: customerId } } }] },
  ]
}
