import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { lockOpenRecipient, lookAgain, recipientId, recordChange, wakeRelays } from './open-recipient.ts'

export const releaseDeliveryInput = z.object({ recipientId })

/**
 * What was held is tried again at once. Releasing what waits anyway is no error.
 * @throws AppError forbidden, not_found, conflict
 */
export async function releaseDelivery(actor: Actor, input: z.infer<typeof releaseDeliveryInput>): Promise<void> {
  requirePermission(actor, 'queue.change')
  const wish = releaseDeliveryInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const recipient = await lockOpenRecipient(transaction, wish.recipientId)
    await lookAgain(transaction, recipient.domain)
    if (recipient.state === 'WAITING') return wakeRelays(transaction)
    await transaction.$executeRaw`
      UPDATE queued_recipients SET state = 'WAITING', next_attempt_at = now() WHERE id = ${recipient.id}`
    // What was damaged may have been restored; otherwise the relay finds it out again.
    await transaction.$executeRaw`
      UPDATE queued_messages SET damaged_at = NULL
      WHERE id = (SELECT message_id FROM queued_recipients WHERE id = ${recipient.id})`
    await recordChange(transaction, actor, recipient, { action: 'queue.release', reason: '' })
    await wakeRelays(transaction)
  })
}
