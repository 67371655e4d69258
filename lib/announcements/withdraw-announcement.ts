import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { lockAnnouncement } from './lock-announcement.ts'

export const withdrawAnnouncementInput = z.object({ id: z.uuid(), reason: z.string().trim().min(4).max(300) })

/**
 * It leaves the lists; its page says that it was withdrawn and why. Withdrawing twice is no error.
 * @throws AppError forbidden, not_found
 */
export async function withdrawAnnouncement(
  actor: Actor,
  input: z.infer<typeof withdrawAnnouncementInput>,
): Promise<void> {
  requirePermission(actor, 'announcement.change')
  const { id, reason } = withdrawAnnouncementInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const { withdrawnAt } = await lockAnnouncement(transaction, id)
    if (withdrawnAt !== null) return
    await transaction.announcement.update({
      where: { id },
      data: { withdrawnAt: new Date(), withdrawalReason: reason },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'announcement.withdraw',
      subject: `announcement:${id}`,
      mailboxId: null,
      reason,
      details: {},
    })
  })
}
