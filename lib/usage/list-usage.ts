/** A mailbox's last days for its owner's charts, one entry a day whether or not there is a sample of it. */
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { japanDay } from '#lib/clock/japan-time.ts'
import { prisma } from '#lib/db/prisma.ts'

export type UsageDay = {
  /** "2026-11-28", by the calendar of Japan */
  readonly day: string
  /** null before there were samples */
  readonly usedBytes: number | null
  readonly sent: number
  readonly refused: number
}

export const shownUsageDays = 30
const DAY_MS = 86_400_000

/** Oldest first; the last one is today. @throws AppError not_found */
export async function listUsage(actor: Actor, mailboxId: number, now = new Date()): Promise<UsageDay[]> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  const today = Date.parse(japanDay(now))
  const days = Array.from(
    { length: shownUsageDays },
    (_, index) => new Date(today - (shownUsageDays - 1 - index) * DAY_MS),
  )
  const rows = await prisma().usageSample.findMany({ where: { mailboxId, day: { in: days } } })
  const samples = new Map(rows.map((row) => [row.day.getTime(), row]))
  return days.map((day) => {
    const sample = samples.get(day.getTime())
    const usedBytes = sample === undefined ? null : Number(sample.usedBytes)
    return { day: isoDay(day), usedBytes, sent: sample?.sent ?? 0, refused: sample?.refused ?? 0 }
  })
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10)
}
