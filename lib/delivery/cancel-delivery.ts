import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'
import { lockOpenRecipient, recipientId, recordChange, wakeRelays } from './open-recipient.ts'

export const cancelDeliveryInput = z.object({ recipientId, reason: auditReason })

/**
 * Gives the delivery up. The relay ends it as failed and stores the sender's report with the same commit; a next hop
 * that takes the message before that has it, and it counts as delivered. Cancelling twice is no error.
 * @throws AppError forbidden, not_found, conflict
 */
export async function cancelDelivery(actor: Actor, input: z.infer<typeof cancelDeliveryInput>): Promise<void> {
  requirePermission(actor, 'queue.change')
  const wish = cancelDeliveryInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const recipient = await lockOpenRecipient(transaction, wish.recipientId)
    if (recipient.isCancelled) return wakeRelays(transaction) // one that looked meanwhile has passed by the locked row
    await transaction.$executeRaw`
      UPDATE queued_recipients SET state = 'WAITING', cancel_requested_at = now(), next_attempt_at = now()
      WHERE id = ${recipient.id}`
    await recordChange(transaction, actor, recipient, { action: 'queue.cancel', reason: wish.reason })
    await wakeRelays(transaction)
  })
}
