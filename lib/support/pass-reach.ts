/**
 * One agent who acts on more than 20 customers within a day does it with somebody else of the staff: a stolen desk must
 * not empty the house. Whom they have acted on already today they may go on helping.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { ownerNoticeKinds } from '#lib/accounts/owner-notice-kinds.ts'
import { type Matter, passApproval } from '#lib/approvals/pass-approval.ts'
import type { Prisma } from '#lib/db/prisma.ts'

export const maxCustomersAlone = 20

const DAY_MS = 24 * 3_600_000
const deedsOfDesk = [...ownerNoticeKinds, 'credential.revoke', 'mailbox.releaseSending']

/** Has to be asked in the transaction that does the deed: an agent's own deeds wait for one another. */
export async function reachesFar(
  transaction: Prisma.TransactionClient,
  { accountId }: Actor,
  customerId: string,
): Promise<boolean> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`reach ${accountId}`}))`
  const touched = await transaction.auditRecord.groupBy({
    by: ['mailboxId'],
    where: { actorId: accountId, action: { in: deedsOfDesk }, at: { gt: new Date(Date.now() - DAY_MS) } },
  })
  const mailboxes = await transaction.mailbox.findMany({
    where: { id: { in: touched.flatMap(({ mailboxId }) => mailboxId ?? []) } },
    select: { customerId: true },
    distinct: ['customerId'],
  })
  return mailboxes.length >= maxCustomersAlone && !mailboxes.some((mailbox) => mailbox.customerId === customerId)
}

/** @returns false when the deed has to wait for a second person; the transaction must commit all the same */
export async function passReach(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { customerId, ...matter }: Omit<Matter, 'deed'> & { readonly customerId: string },
): Promise<boolean> {
  if (!(await reachesFar(transaction, actor, customerId))) return true
  return passApproval(transaction, actor, { ...matter, deed: 'reachFurther' })
}
