/** An agent revokes a customer's credential, while that customer's page is open and for a reason of its own. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { revokeCredentialRow } from '#lib/accounts/revoke-credential.ts'
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
  return prisma().$transaction(async (transaction) => {
    const order = { customerId, credentialId }
    const matter = { deed: 'revokeCredential', customerId, mailboxId: owned.mailboxId, order, reason } as const
    if (!(await passReach(transaction, actor, matter))) return 'awaitingApproval'
    await revokeCredentialRow(transaction, actor, owned, reason)
    return 'done'
  })
}
