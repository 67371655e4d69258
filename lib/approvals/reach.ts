/** On how many customers one of the staff has acted today: a stolen desk must not empty the house. */
import type { Actor } from '#lib/accounts/actor.ts'
import { ownerNoticeKinds } from '#lib/accounts/owner-notice-kinds.ts'
import type { Prisma } from '#lib/db/prisma.ts'

export const maxCustomersAlone = 20

const DAY_MS = 24 * 3_600_000
const deedsOnAccounts = [
  ...ownerNoticeKinds,
  'credential.issue',
  'credential.revoke',
  'mailbox.releaseSending',
  'inheritedPassword.import',
  'inheritedPassword.forget',
  'alias.add',
  'forward.confirm',
  'recipes.save',
]

/**
 * The mailboxes. Has to be asked in the transaction that does the deed: one person's own deeds wait for one another.
 */
export async function actedOnToday(transaction: Prisma.TransactionClient, { accountId }: Actor): Promise<number[]> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`reach ${accountId}`}))`
  const touched = await transaction.auditRecord.groupBy({
    by: ['mailboxId'],
    where: { actorId: accountId, action: { in: deedsOnAccounts }, at: { gt: new Date(Date.now() - DAY_MS) } },
  })
  return touched.flatMap(({ mailboxId }) => mailboxId ?? [])
}
