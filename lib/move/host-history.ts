/** How many mailboxes came by the old host and by the new ones, day by day. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'

/** `day`: "2026-11-28", in Japan */
export type HostDay = { readonly day: string; readonly old: number; readonly current: number }

const DAYS = 30

/** Oldest first, days on which nobody came included. */
export async function hostHistory(actor: Actor): Promise<HostDay[]> {
  requirePermission(actor, 'move.plan')
  return prisma().$queryRaw<HostDay[]>`
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day,
      count(DISTINCT u.mailbox_id) FILTER (WHERE u.is_old_host)::int AS old,
      count(DISTINCT u.mailbox_id) FILTER (WHERE NOT u.is_old_host)::int AS current
    FROM generate_series((now() AT TIME ZONE 'Asia/Tokyo')::date - (${DAYS} - 1)::int,
      (now() AT TIME ZONE 'Asia/Tokyo')::date, '1 day') AS d(day)
      LEFT JOIN host_uses u ON u.day = d.day
    GROUP BY d.day ORDER BY d.day`
}
