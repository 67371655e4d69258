/** The agent desk's search: never without a reason, and never without a record of who looked. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { canonicalPhoneNumber } from '#lib/mail/phone-number.ts'

export const findCustomersInput = z.object({
  query: z.string().trim().min(3).max(320),
  reason: auditReason,
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
    const ids = await transaction.$queryRaw<{ id: string }[]>(whoIsCalled(query))
    const found = await transaction.customer.findMany({
      where: { id: { in: ids.map(({ id }) => id) } },
      include: { mailboxes: { select: { address: true }, orderBy: { id: 'asc' } } },
      orderBy: { contractNumber: 'asc' },
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

/** Each way has an index of its own (0.1 ms among 100,000 customers): which of them it was, the caller does not say. */
export function whoIsCalled(query: string): Prisma.Sql {
  const text = query.normalize('NFKC').replaceAll(/\p{Pd}/gu, '-')
  const address = text.toLowerCase()
  return Prisma.sql`
    SELECT id::text FROM customers WHERE contract_number IN (${query}, ${text}, ${text.toUpperCase()})
    UNION SELECT id::text FROM customers WHERE kana_key(name_kana) = kana_key(${query})
    UNION SELECT customer_id::text FROM contacts WHERE phone = ${canonicalPhoneNumber(query) ?? ''}
    UNION SELECT customer_id::text FROM mailboxes WHERE address = ${address}
    UNION SELECT m.customer_id::text FROM aliases a JOIN mailboxes m ON m.id = a.mailbox_id WHERE a.address = ${address}
    LIMIT ${MAX_HITS}`
}

/** How often this person has searched within a day: shown to them, and in the audit trail for those who supervise. */
export async function countLookUps(actor: Actor): Promise<number> {
  requirePermission(actor, 'customer.search')
  const at = { gt: new Date(Date.now() - 86_400_000) }
  return prisma().auditRecord.count({ where: { actorId: actor.accountId, action: 'customer.search', at } })
}
