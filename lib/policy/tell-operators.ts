/** Who decides about the policy hears of it when another one does. An engine worker writes the letters. */
import type { Actor } from '#lib/accounts/actor.ts'
import { Prisma } from '#lib/db/prisma.ts'
import type { Extent } from './in-force.ts'
import type { PolicyChange } from './policy-changes.ts'

type Change = {
  readonly version: number
  readonly baseVersion: number
  readonly change: PolicyChange
  readonly extent: Extent | null
  readonly reason: string
}

/** Must run inside the transaction that changes the policy. */
export async function tellOperators(
  transaction: Prisma.TransactionClient,
  { accountId: authorId }: Actor,
  change: Change,
): Promise<void> {
  const readers = await transaction.portalAccount.findMany({
    where: { role: 'OPERATOR', disabledAt: null, mailAddress: { not: null }, id: { not: authorId } },
    select: { id: true },
  })
  await transaction.policyNotice.createMany({
    data: readers.map(({ id: readerId }) => ({
      ...change,
      extent: change.extent ?? Prisma.DbNull,
      authorId,
      readerId,
    })),
  })
}
