/** The agent desk's search: never without a reason, and never without a record of who looked. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { canonicalPhoneNumber } from '#lib/mail/phone-number.ts'

export const findCustomersInput = z.object({
  query: z.string().trim().min(3).max(320),
  reason: z.string().trim().min(4).max(200),
})

export type CustomerHit = {
  readonly customerId: string
  readonly contractNumber: string
  readonly name: string
  readonly addresses: readonly string[]
}

const MAX_HITS = 20

/** Whole contract numbers, addresses, telephone numbers and names in kana only: the desk finds the caller, it does not browse. */
export async function findCustomers(actor: Actor, input: z.infer<typeof findCustomersInput>): Promise<CustomerHit[]> {
  requirePermission(actor, 'customer.search')
  const { query, reason } = findCustomersInput.parse(input)
  const rows = await prisma().$transaction(async (transaction) => {
    const namesakes = await transaction.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM customers WHERE kana_key(name_kana) = kana_key(${query}) LIMIT ${MAX_HITS}`
    const phone = canonicalPhoneNumber(query)
    const found = await transaction.customer.findMany({
      where: {
        OR: [
          { contractNumber: query.toUpperCase() },
          { contractNumber: query },
          { id: { in: namesakes.map(({ id }) => id) } },
          ...(phone === null ? [] : [{ contact: { phone } }]),
          { mailboxes: { some: { address: query.toLowerCase() } } },
          { mailboxes: { some: { aliases: { some: { address: query.toLowerCase() } } } } },
        ],
      },
      include: { mailboxes: { select: { address: true }, orderBy: { id: 'asc' } } },
      take: MAX_HITS,
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'customer.search',
      subject: 'customers',
      mailboxId: null,
      reason,
      details: { found: found.map(({ id }) => id) },
    })
    return found
  })
  return rows.map(({ id, contractNumber, name, mailboxes }) => {
    return { customerId: id, contractNumber, name, addresses: mailboxes.map(({ address }) => address) }
  })
}

/** How often this person has searched within a day: shown to them, and in the audit trail for those who supervise. */
export async function countLookUps(actor: Actor): Promise<number> {
  requirePermission(actor, 'customer.search')
  const at = { gt: new Date(Date.now() - 86_400_000) }
  return prisma().auditRecord.count({ where: { actorId: actor.accountId, action: 'customer.search', at } })
}
