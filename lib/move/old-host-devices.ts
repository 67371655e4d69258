/**
 * The radar: devices whose newest use, for receiving or for sending, came by the old host. Who has set a device right
 * is no longer on it after the first login by the new name.
 */
import { type Actor, listMailboxes } from '#lib/accounts/index.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import type { OldHostSign } from '#lib/mail/old-host.ts'
import { type Direction, isReceiving } from './directions.ts'
import { isUsable, withPassword } from './used-password.ts'

export type OldHostDevice = {
  readonly mailboxId: number
  readonly credentialId: string
  /** null: it logs in by the password of the old system */
  readonly label: string | null
  /** of the guide catalogue */
  readonly clientId: string | null
  /** what the program calls itself */
  readonly clientName: string | null
  readonly direction: Direction
  readonly sign: OldHostSign
  readonly since: Date
  readonly lastAt: Date
  /** the old host no longer serves it */
  readonly isRefused: boolean
}

const LOOK_BACK = Prisma.sql`(now() AT TIME ZONE 'Asia/Tokyo')::date - 90`

export async function oldHostDevicesOf(mailboxIds: readonly number[]): Promise<OldHostDevice[]> {
  if (mailboxIds.length === 0) return []
  const rows = await prisma().$queryRaw<OldHostDevice[]>`
    SELECT u.mailbox_id AS "mailboxId", u.credential_id::text AS "credentialId", c.label, c.client_id AS "clientId",
      CASE WHEN ${isReceiving} THEN 'receiving' ELSE 'sending' END AS direction,
      (array_agg(u.client_name ORDER BY u.last_at DESC) FILTER (WHERE u.client_name IS NOT NULL))[1] AS "clientName",
      (array_agg(u.sign ORDER BY u.last_at DESC) FILTER (WHERE u.is_old_host))[1] AS sign,
      min(u.first_at) FILTER (WHERE u.is_old_host) AS since,
      max(u.last_at) FILTER (WHERE u.is_old_host) AS "lastAt",
      (array_agg(u.refused_count > 0 ORDER BY u.last_at DESC) FILTER (WHERE u.is_old_host))[1] AS "isRefused"
    FROM host_uses u ${withPassword}
    WHERE u.mailbox_id = ANY(${mailboxIds}) AND u.day > ${LOOK_BACK} AND ${isUsable}
    GROUP BY u.mailbox_id, u.credential_id, c.label, c.client_id, 5
    HAVING max(u.last_at) FILTER (WHERE u.is_old_host) >=
      coalesce(max(u.last_at) FILTER (WHERE NOT u.is_old_host), '-infinity')
    ORDER BY "lastAt" DESC`
  return rows.map((row) => ({ ...row, clientId: findClient(row.clientId ?? '')?.id ?? null }))
}

/** A subscriber sees their own. */
export async function ownOldHostDevices(actor: Actor): Promise<OldHostDevice[]> {
  const mailboxes = await listMailboxes(actor)
  return oldHostDevicesOf(mailboxes.map(({ id }) => id))
}
