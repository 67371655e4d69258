import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'

export const moveMaintenanceEndInput = z.object({
  id: z.uuid(),
  /** null: now */
  endsAt: z.date().nullable(),
  reason: auditReason,
})

/**
 * Extends a window, or finishes it early; one that has not begun and is to end now never begins. What is over stays so.
 * @throws AppError forbidden, not_found
 */
export async function moveMaintenanceEnd(actor: Actor, input: z.infer<typeof moveMaintenanceEndInput>): Promise<void> {
  requirePermission(actor, 'maintenance.change')
  const { id, endsAt: wanted, reason } = moveMaintenanceEndInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT FROM maintenance_windows WHERE id = ${id}::uuid FOR UPDATE`
    const window = await transaction.maintenanceWindow.findUnique({ where: { id } })
    const now = new Date()
    if (window === null || window.endsAt <= now) throw notFound(`maintenance ${id}`)
    const endsAt = wanted !== null && wanted > now ? wanted : now
    await transaction.maintenanceWindow.update({ where: { id }, data: { endsAt } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'maintenance.moveEnd',
      subject: `maintenance:${id}`,
      mailboxId: null,
      reason,
      details: { from: window.endsAt.toISOString(), to: endsAt.toISOString() },
    })
    await transaction.$executeRaw`SELECT pg_notify('maintenance_changed', ${id})`
  })
}
