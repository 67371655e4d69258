import type { Prisma } from '#lib/db/prisma.ts'

/** A contract; mailboxes and portal accounts come to belong to it. */
export async function createCustomer(
  transaction: Prisma.TransactionClient,
  input: { contractNumber: string; name: string; nameKana: string },
): Promise<{ customerId: string }> {
  const row = await transaction.customer.create({ data: input })
  return { customerId: row.id }
}
