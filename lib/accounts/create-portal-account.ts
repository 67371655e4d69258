import type { Prisma } from '#lib/db/prisma.ts'
import type { AccountRole } from './actor.ts'
import { hashPassword } from './portal-password.ts'

type NewAccount = {
  readonly login: string
  readonly password: string
  readonly role: AccountRole
  readonly displayName: string
  readonly customerId: string | null
  readonly mailAddress?: string
}

/** Someone who may sign in to the portal. `customerId` is for subscribers, `mailAddress` for staff. */
export async function createPortalAccount(
  transaction: Prisma.TransactionClient,
  { login, password, ...account }: NewAccount,
): Promise<{ accountId: string }> {
  const row = await transaction.portalAccount.create({
    data: { ...account, login: login.toLowerCase(), passwordHash: await hashPassword(password) },
  })
  return { accountId: row.id }
}
