/** The open POP-before-SMTP permissions of the subscriber's own mailboxes. */
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'

export type RelayWindowView = {
  readonly mailboxId: number
  readonly address: string
  readonly openedAt: string
  readonly expiresAt: string
}

type OpenWindow = { mailboxId: number; address: string; openedAt: Date; expiresAt: Date }

export async function listRelayWindows(actor: Actor): Promise<RelayWindowView[]> {
  return openWindowsOf((await listMailboxes(actor)).map(({ id }) => id))
}

/** Whether a window is still open is the database's to say: its clock is the one that the engine goes by. */
export async function openWindowsOf(mailboxIds: readonly number[]): Promise<RelayWindowView[]> {
  const rows = await prisma().$queryRaw<OpenWindow[]>`
    SELECT mailbox_id AS "mailboxId", host(address) AS address, opened_at AS "openedAt", expires_at AS "expiresAt"
    FROM relay_windows
    WHERE mailbox_id = ANY(${mailboxIds}) AND expires_at > now()
    ORDER BY expires_at DESC`
  return rows.map(({ mailboxId, address, openedAt, expiresAt }) => {
    return { mailboxId, address, openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString() }
  })
}
