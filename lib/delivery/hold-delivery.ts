import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'
import { hasEnded, lockOpenRecipient, recipientId, recordChange } from './open-recipient.ts'

export const holdDeliveryInput = z.object({ recipientId, reason: auditReason })

/**
 * From the commit on no attempt begins until it is released; one that runs ends as it ends. Holding twice is no error.
 * @throws AppError forbidden, not_found, conflict
 */
export async function holdDelivery(actor: Actor, input: z.infer<typeof holdDeliveryInput>): Promise<void> {
  requirePermission(actor, 'queue.change')
  const wish = holdDeliveryInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const recipient = await lockOpenRecipient(transaction, wish.recipientId)
    if (recipient.isCancelled) throw hasEnded(wish.recipientId)
    if (recipient.state === 'HELD') return
    await transaction.queuedRecipient.update({ where: { id: recipient.id }, data: { state: 'HELD' } })
    await recordChange(transaction, actor, recipient, { action: 'queue.hold', reason: wish.reason })
  })
}
