import type { Prisma } from '#lib/db/prisma.ts'

/** A contract; mailboxes and portal accounts come to belong to it. */
export async function createCustomer(
  transaction: Prisma.TransactionClient,
  { phone, ...input }: { contractNumber: string; name: string; nameKana: string; phone: string },
): Promise<{ customerId: string }> {
  const row = await transaction.customer.create({ data: { ...input, contact: { create: { phone } } } })
  return { customerId: row.id }
}
