/** An agent who acts on more than 20 customers within a day does it with somebody else; those of today they may go on helping. */
import type { Actor } from '#lib/accounts/actor.ts'
import type { ApprovalDeed } from '#lib/approvals/deeds.ts'
import { type Order, passApproval } from '#lib/approvals/pass-approval.ts'
import { actedOnToday, maxCustomersAlone } from '#lib/approvals/reach.ts'
import type { Prisma } from '#lib/db/prisma.ts'

/** Has to be asked in the transaction that does the deed. */
export async function reachesFar(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  customerId: string,
): Promise<boolean> {
  const mailboxes = await transaction.mailbox.findMany({
    where: { id: { in: await actedOnToday(transaction, actor) } },
    select: { customerId: true },
    distinct: ['customerId'],
  })
  return mailboxes.length >= maxCustomersAlone && !mailboxes.some((mailbox) => mailbox.customerId === customerId)
}

type OneCustomer = {
  readonly deed: ApprovalDeed
  readonly customerId: string
  readonly mailboxId: number
  readonly order: Order
  readonly reason: string
}

/** @returns false when the deed has to wait for a second person; the transaction must commit all the same */
export async function passReach(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { customerId, ...matter }: OneCustomer,
): Promise<boolean> {
  return passApproval(transaction, actor, matter, await reachesFar(transaction, actor, customerId))
}
