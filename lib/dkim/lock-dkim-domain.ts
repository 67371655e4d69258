import type { Prisma } from '#lib/db/prisma.ts'

/** One change of a domain's keys at a time, until the transaction ends. */
export async function lockDkimDomain(transaction: Prisma.TransactionClient, domain: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('dkim_keys'), hashtext(${domain}))`
}
