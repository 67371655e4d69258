/** The waves of an announcement, and how far each has come. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { announcementState } from './announcement-state.ts'
import { type Audience, countNotEnlisted } from './audience.ts'

export type WaveState = 'scheduled' | 'sending' | 'paused' | 'sent' | 'superseded'

export type WaveView = {
  readonly id: string
  readonly number: number
  readonly version: number
  readonly state: WaveState
  readonly size: number
  readonly sent: number
  readonly perMinute: number
  readonly startsAt: Date
}

export type Waves = {
  readonly waves: readonly WaveView[]
  /** of the audience as it is now, those whom no wave of the newest version has */
  readonly remaining: number
}

type Row = Omit<WaveView, 'state'> & {
  pausedAt: Date | null
  newest: number
  publishAt: Date
  withdrawnAt: Date | null
}

export async function listWaves(
  actor: Actor,
  { id, version, document }: { readonly id: string; readonly version: number; readonly document: Audience },
): Promise<Waves> {
  requirePermission(actor, 'announcement.read')
  const [rows, remaining] = await Promise.all([
    prisma().$queryRaw<Row[]>`
      SELECT w.id::text, w.number, w.version, w.size, w.per_minute AS "perMinute", w.starts_at AS "startsAt",
        w.paused_at AS "pausedAt", a.publish_at AS "publishAt", a.withdrawn_at AS "withdrawnAt",
        (SELECT count(*)::int FROM announcement_letters l WHERE l.wave_id = w.id AND l.sent_at IS NOT NULL) AS sent,
        (SELECT max(number) FROM announcement_versions v WHERE v.announcement_id = w.announcement_id) AS newest
      FROM announcement_waves w JOIN announcements a ON a.id = w.announcement_id
      WHERE w.announcement_id = ${id}::uuid ORDER BY w.number`,
    countNotEnlisted(actor, document, { announcementId: id, version }),
  ])
  const now = new Date()
  return {
    remaining,
    waves: rows.map(({ pausedAt: _, newest: __, publishAt: ___, withdrawnAt: ____, ...wave }, index) => ({
      ...wave,
      state: stateOf(rows[index] as Row, now),
    })),
  }
}

function stateOf(row: Row, now: Date): WaveState {
  if (row.sent === row.size) return 'sent'
  if (row.version < row.newest || announcementState(row, now) === 'withdrawn') return 'superseded'
  if (row.pausedAt !== null) return 'paused'
  return row.startsAt > now ? 'scheduled' : 'sending'
}
