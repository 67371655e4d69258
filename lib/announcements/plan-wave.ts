/**
 * An announcement goes out by mail in waves: the next so many of its audience, so many a minute. Who gets a letter is
 * settled when the wave is planned; the engine writes them (lib/engine/notices).
 *
 * Guarantees: one letter of one version for each mailbox, whatever waves there are. An amendment ends the letters of the
 * version before it; the new version has waves of its own.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { announcementState } from './announcement-state.ts'
import { type Audience, inAudience } from './audience.ts'
import { announcementDocumentSchema } from './document.ts'
import { lockAnnouncement } from './lock-announcement.ts'

export const planWaveInput = z.object({
  announcementId: z.uuid(),
  size: z.number().int().min(1).max(1_000_000),
  perMinute: z.number().int().min(1).max(6_000),
  /** null: now */
  startsAt: z.date().nullable(),
})

const ENLISTING_MS = 120_000

/** @returns how many letters it has, @throws AppError forbidden, not_found, conflict (not public, nobody left) */
export async function planWave(actor: Actor, input: z.input<typeof planWaveInput>): Promise<{ letters: number }> {
  requirePermission(actor, 'announcement.change')
  const { announcementId, size, perMinute, startsAt } = planWaveInput.parse(input)
  return prisma().$transaction(
    async (transaction) => {
      const announcement = await lockAnnouncement(transaction, announcementId)
      if (announcementState(announcement, new Date()) !== 'published') throw notPublic()
      const { version } = announcement
      const at = startsAt ?? new Date()
      const number = 1 + (await transaction.announcementWave.count({ where: { announcementId } }))
      const wave = await transaction.announcementWave.create({
        data: { announcementId, version, number, size, perMinute, startsAt: at, nextAt: at },
      })
      const { document } = await transaction.announcementVersion.findUniqueOrThrow({
        where: { announcementId_number: { announcementId, number: version } },
      })
      const letters = await enlist(transaction, wave, announcementDocumentSchema.parse(document))
      if (letters === 0) throw nobodyLeft()
      await transaction.announcementWave.update({ where: { id: wave.id }, data: { size: letters } })
      await appendAudit(transaction, {
        actorId: actor.accountId,
        action: 'announcement.planWave',
        subject: `announcement:${announcementId}`,
        mailboxId: null,
        reason: '',
        details: { version, number, letters, perMinute, startsAt: at.toISOString() },
      })
      return { letters }
    },
    { timeout: ENLISTING_MS },
  )
}

type Enlisted = {
  readonly id: string
  readonly announcementId: string
  readonly version: number
  readonly size: number
}

function enlist(transaction: Prisma.TransactionClient, wave: Enlisted, audience: Audience): Promise<number> {
  const { id, announcementId, version, size } = wave
  return transaction.$executeRaw`
    INSERT INTO announcement_letters (announcement_id, version, mailbox_id, wave_id)
    SELECT ${announcementId}::uuid, ${version}::int, m.id, ${id}::uuid FROM mailboxes m
    WHERE ${inAudience(audience)} AND NOT EXISTS (
      SELECT FROM announcement_letters l
      WHERE l.announcement_id = ${announcementId}::uuid AND l.version = ${version}::int AND l.mailbox_id = m.id)
    ORDER BY m.id LIMIT ${size}::int`
}

function notPublic(): AppError {
  return new AppError('conflict', 'the announcement is not public', {
    ja: 'お知らせがまだ掲載されていないか、取り下げられています。掲載してから、メールで送ってください。何も送られていません。',
    en: 'The announcement is not public yet, or was withdrawn. Publish it first, then send it by mail. Nothing was sent.',
  })
}

function nobodyLeft(): AppError {
  return new AppError('conflict', 'nobody is left', {
    ja: '対象の全員が、すでにこの版を受け取ったか、受け取る予定です。新しく送る相手はいません。',
    en: 'Everybody concerned has this version already, or is about to get it. There is nobody left to send it to.',
  })
}
