'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { auditReason } from '#lib/audit/reason.ts'
import { japanTime } from '#lib/clock/japan-time.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { addWave, removeWave } from '#lib/move/change-waves.ts'
import { oldHostServices } from '#lib/policy/old-host-rules.ts'

const saving = z.object({
  note: auditReason,
  basedOn: z.coerce.number().int().nonnegative(),
})

const adding = saving.extend({
  from: japanTime,
  service: z.enum(oldHostServices),
  domains: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,、]+/).filter(Boolean)),
  percent: z.coerce.number().int().min(1).max(100),
})

export const addWaveAction = defineAction(adding, 'policy.save', async (actor, { note, basedOn, from, ...wave }) => {
  await addWave(actor, { wave: { ...wave, from: from.toISOString() }, note, basedOn })
  refresh()
})

const removing = saving.extend({ index: z.coerce.number().int().nonnegative() })

export const removeWaveAction = defineAction(removing, 'policy.save', async (actor, input) => {
  await removeWave(actor, input)
  refresh()
})
