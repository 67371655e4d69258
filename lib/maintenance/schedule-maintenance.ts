import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { closedServices, maintenanceReason } from './maintenance-window.ts'

/** Queues of other providers give up after four or five days; nobody should come near that. */
const MAX_MS = 172_800_000

function isSoonAfter(end: Date, moment: Date): boolean {
  return moment > end && moment.getTime() - end.getTime() <= MAX_MS
}

export const scheduleMaintenanceInput = z
  .object({
    services: closedServices,
    reason: maintenanceReason,
    /** null: now */
    startsAt: z.date().nullable(),
    endsAt: z.date(),
    /** for so long afterwards people are told that not everything may answer at once */
    unstableUntil: z.date().nullable().default(null),
  })
  .transform((input) => ({ ...input, startsAt: input.startsAt ?? new Date() }))
  .refine(({ startsAt, endsAt }) => endsAt > startsAt && endsAt.getTime() - startsAt.getTime() <= MAX_MS, {
    path: ['endsAt'],
  })
  .refine(({ endsAt }) => endsAt > new Date(), { path: ['endsAt'] })
  .refine(({ endsAt, unstableUntil }) => unstableUntil === null || isSoonAfter(endsAt, unstableUntil), {
    path: ['unstableUntil'],
  })

/**
 * The engine closes the services at the beginning and opens them at the end, by itself.
 * @throws AppError forbidden
 */
export async function scheduleMaintenance(
  actor: Actor,
  input: z.input<typeof scheduleMaintenanceInput>,
): Promise<{ id: string }> {
  requirePermission(actor, 'maintenance.change')
  const { services, reason, startsAt, endsAt, unstableUntil } = scheduleMaintenanceInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const { id } = await transaction.maintenanceWindow.create({
      data: { services, reason, startsAt, endsAt, unstableUntil },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'maintenance.schedule',
      subject: `maintenance:${id}`,
      mailboxId: null,
      reason: reason.ja,
      details: { services, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    })
    await transaction.$executeRaw`SELECT pg_notify('maintenance_changed', ${id})`
    return { id }
  })
}
