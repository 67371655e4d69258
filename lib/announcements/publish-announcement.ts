import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { announcementState } from './announcement-state.ts'
import { lockAnnouncement } from './lock-announcement.ts'

export const publishAnnouncementInput = z.object({
  id: z.uuid(),
  /** null: now */
  publishAt: z.date().nullable(),
})

/**
 * From that moment on it is public. What is scheduled can be scheduled anew; what is public stays as it is.
 * @throws AppError forbidden, not_found
 */
export async function publishAnnouncement(
  actor: Actor,
  input: z.infer<typeof publishAnnouncementInput>,
): Promise<void> {
  requirePermission(actor, 'announcement.change')
  const { id, publishAt } = publishAnnouncementInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const announcement = await lockAnnouncement(transaction, id)
    const now = new Date()
    const state = announcementState(announcement, now)
    if (state === 'withdrawn') throw notFound(`announcement ${id} is withdrawn`)
    if (state === 'published') return
    const at = publishAt ?? now
    await transaction.announcement.update({ where: { id }, data: { publishAt: at } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'announcement.publish',
      subject: `announcement:${id}`,
      mailboxId: null,
      reason: '',
      details: { at: at.toISOString(), version: announcement.version },
    })
  })
}
