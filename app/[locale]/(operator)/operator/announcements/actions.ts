'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { announcementFormSchema } from '#lib/announcements/document.ts'
import { pauseWave } from '#lib/announcements/pause-wave.ts'
import { planWave } from '#lib/announcements/plan-wave.ts'
import { publishAnnouncement } from '#lib/announcements/publish-announcement.ts'
import { saveAnnouncement } from '#lib/announcements/save-announcement.ts'
import { withdrawAnnouncement, withdrawAnnouncementInput } from '#lib/announcements/withdraw-announcement.ts'
import { japanTime } from '#lib/clock/japan-time.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'

const saving = z.object({
  id: z.union([z.literal('').transform(() => null), z.uuid()]),
  basedOn: z.coerce.number().int().min(0),
  note: z.string().trim().min(1).max(300),
})

const publishing = z.object({
  id: z.uuid(),
  publishAt: z.union([z.literal('').transform(() => null), japanTime]),
})

const planning = z.object({
  announcementId: z.uuid(),
  size: z.coerce.number().int().min(1).max(1_000_000),
  perMinute: z.coerce.number().int().min(1).max(6_000),
  startsAt: z.union([z.literal('').transform(() => null), japanTime]),
})

const pausing = z.object({ waveId: z.uuid(), isPaused: z.enum(['0', '1']).transform((text) => text === '1') })

export const saveAnnouncementAction = defineAction(
  z.intersection(
    saving,
    announcementFormSchema.transform((document) => ({ document })),
  ),
  'announcement.change',
  async (actor, { id, basedOn, note, document }) => {
    const saved = await saveAnnouncement(actor, { id, basedOn, note, document })
    if (id === null) return goTo(`/operator/announcements/${saved.id}`)
    refresh()
    return { version: saved.version }
  },
)

export const publishAnnouncementAction = defineAction(publishing, 'announcement.change', async (actor, input) => {
  await publishAnnouncement(actor, input)
  refresh()
})

export const withdrawAnnouncementAction = defineAction(
  withdrawAnnouncementInput,
  'announcement.change',
  async (actor, input) => {
    await withdrawAnnouncement(actor, input)
    refresh()
  },
)

export const planWaveAction = defineAction(planning, 'announcement.change', async (actor, input) => {
  const planned = await planWave(actor, input)
  refresh()
  return planned
})

export const pauseWaveAction = defineAction(pausing, 'announcement.change', async (actor, input) => {
  await pauseWave(actor, input)
  refresh()
})
