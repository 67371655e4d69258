import type { Prisma } from '#lib/db/prisma.ts'
import type { AccountRole } from './actor.ts'
import { hashPassword } from './portal-password.ts'

/** Someone who may sign in to the portal. @param customerId for subscribers only */
export async function createPortalAccount(
  transaction: Prisma.TransactionClient,
  input: { login: string; password: string; role: AccountRole; displayName: string; customerId: string | null },
): Promise<{ accountId: string }> {
  const { login, password, role, displayName, customerId } = input
  const row = await transaction.portalAccount.create({
    data: { login: login.toLowerCase(), passwordHash: await hashPassword(password), role, displayName, customerId },
  })
  return { accountId: row.id }
}
