/** An agent lets a customer's mailbox send again, while that customer's page is open and for a reason of its own. */
import { z } from 'zod'
import { type Actor, notFound, requireRole } from '#lib/accounts/actor.ts'
import { releaseSending, releaseSendingInput } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireOpenCustomer } from './open-customer.ts'

export const releaseForCustomerInput = releaseSendingInput.extend({ customerId: z.uuid() })

/** @throws AppError not_found (not this customer's), forbidden */
export async function releaseForCustomer(actor: Actor, input: z.infer<typeof releaseForCustomerInput>): Promise<void> {
  requireRole(actor, 'SUPPORT_AGENT')
  const { customerId, mailboxId, reason } = releaseForCustomerInput.parse(input)
  await requireOpenCustomer(actor, customerId)
  const owned = await prisma().mailbox.findFirst({ where: { id: mailboxId, customerId } })
  if (owned === null) throw notFound(`mailbox ${mailboxId} of ${customerId}`)
  await releaseSending(actor, { mailboxId, reason })
}
