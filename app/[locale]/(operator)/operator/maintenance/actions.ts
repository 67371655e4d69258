'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { auditReason } from '#lib/audit/reason.ts'
import { japanTime } from '#lib/clock/japan-time.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { closedServices } from '#lib/maintenance/maintenance-window.ts'
import { moveMaintenanceEnd } from '#lib/maintenance/move-maintenance-end.ts'
import { scheduleMaintenance } from '#lib/maintenance/schedule-maintenance.ts'

const scheduling = z.object({
  services: closedServices,
  startsAt: z.union([z.literal('').transform(() => null), japanTime]),
  endsAt: japanTime,
  unstableUntil: z
    .union([z.literal(''), japanTime])
    .default('')
    .transform((moment) => moment || null),
  'reason.ja': z.string(),
  'reason.en': z.string(),
})
const why = { id: z.uuid(), reason: auditReason }

export const scheduleMaintenanceAction = defineAction(scheduling, 'maintenance.change', async (actor, input) => {
  const { services, startsAt, endsAt, unstableUntil } = input
  const reason = { ja: input['reason.ja'], en: input['reason.en'] }
  await scheduleMaintenance(actor, { services, startsAt, endsAt, unstableUntil, reason })
  refresh()
})

export const moveMaintenanceEndAction = defineAction(
  z.object({ ...why, endsAt: japanTime }),
  'maintenance.change',
  async (actor, input) => {
    await moveMaintenanceEnd(actor, input)
    refresh()
  },
)

export const finishMaintenanceAction = defineAction(z.object(why), 'maintenance.change', async (actor, input) => {
  await moveMaintenanceEnd(actor, { ...input, endsAt: null })
  refresh()
})
