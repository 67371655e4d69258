/** How far a mailbox has come with the move. */
import { Prisma } from '#lib/db/prisma.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'

export const moveStates = ['failing', 'half', 'untouched', 'done'] as const
export type MoveState = (typeof moveStates)[number]

/** When each thing was last done; null: never in the days that are looked at. */
export type LastSeen = {
  readonly oldReceiving: Date | null
  readonly newReceiving: Date | null
  readonly oldSending: Date | null
  readonly newSending: Date | null
  /** a login that was refused, and why */
  readonly refusedAt: Date | null
  readonly refusedFor: ReasonId | null
}

const isStillOld = (old: Prisma.Sql, current: Prisma.Sql) =>
  Prisma.sql`coalesce(${old} > coalesce(${current}, '-infinity'), false)`

/** Of a row `s` with the columns of LastSeen. */
export const moveState = Prisma.sql`
  CASE
    WHEN s."refusedAt" > coalesce(greatest(s."oldReceiving", s."newReceiving", s."oldSending", s."newSending"), '-infinity')
      THEN 'failing'
    WHEN s."newReceiving" IS NULL AND s."newSending" IS NULL THEN 'untouched'
    WHEN s."newReceiving" IS NULL OR ${isStillOld(Prisma.sql`s."oldReceiving"`, Prisma.sql`s."newReceiving"`)}
      OR ${isStillOld(Prisma.sql`s."oldSending"`, Prisma.sql`s."newSending"`)} THEN 'half'
    ELSE 'done'
  END`
