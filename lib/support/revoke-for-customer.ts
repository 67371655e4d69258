/** An agent revokes a customer's credential, while that customer's page is open and for a reason of its own. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { revokeCredential } from '#lib/accounts/index.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireOpenCustomer } from './open-customer.ts'
import { passReach } from './pass-reach.ts'

export const revokeForCustomerInput = z.object({
  customerId: z.uuid(),
  credentialId: z.uuid(),
  reason: auditReason,
})

/** @throws AppError not_found (not this customer's), forbidden */
export async function revokeForCustomer(
  actor: Actor,
  input: z.infer<typeof revokeForCustomerInput>,
): Promise<GuardedOutcome> {
  const { customerId, credentialId, reason } = revokeForCustomerInput.parse(input)
  await requireOpenCustomer(actor, customerId)
  const owned = await prisma().credential.findFirst({ where: { id: credentialId, mailbox: { customerId } } })
  if (owned === null) throw notFound(`credential ${credentialId} of ${customerId}`)
  const matter = { customerId, mailboxId: owned.mailboxId, reason }
  if (!(await prisma().$transaction((transaction) => passReach(transaction, actor, matter)))) return 'awaitingApproval'
  await revokeCredential(actor, { credentialId, reason })
  return 'done'
}
