/** Has a customer done what the move asks for? Every mailbox was received by the new name, and nothing came by the old one since. */
import { prisma } from '#lib/db/prisma.ts'
import { isReceiving, isServed } from './directions.ts'

export async function hasMoved(customerId: string): Promise<boolean> {
  const [row] = await prisma().$queryRaw<{ moved: boolean | null }[]>`
    SELECT bool_and(coalesce(s.received > s.old, false)) AS moved
    FROM mailboxes m LEFT JOIN LATERAL (
      SELECT max(u.last_at) FILTER (WHERE NOT u.is_old_host AND ${isServed} AND ${isReceiving}) AS received,
        coalesce(max(u.last_at) FILTER (WHERE u.is_old_host), '-infinity') AS old
      FROM host_uses u WHERE u.mailbox_id = m.id
    ) s ON true
    WHERE m.customer_id = ${customerId}::uuid`
  return row?.moved === true
}
