import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'

export const pauseWaveInput = z.object({ waveId: z.uuid(), isPaused: z.boolean() })

/** What was sent stays sent; the rest waits, or goes on from where it stopped. @throws AppError forbidden, not_found */
export async function pauseWave(actor: Actor, input: z.infer<typeof pauseWaveInput>): Promise<void> {
  requirePermission(actor, 'announcement.change')
  const { waveId, isPaused } = pauseWaveInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const wave = await transaction.announcementWave.findUnique({ where: { id: waveId } })
    if (wave === null) throw notFound(`wave ${waveId}`)
    await transaction.announcementWave.update({
      where: { id: waveId },
      data: { pausedAt: isPaused ? new Date() : null },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: isPaused ? 'announcement.pauseWave' : 'announcement.resumeWave',
      subject: `announcement:${wave.announcementId}`,
      mailboxId: null,
      reason: '',
      details: { number: wave.number },
    })
  })
}
