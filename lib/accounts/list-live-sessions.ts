/** Which mail programs are connected now. */
import { prisma } from '#lib/db/prisma.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import type { Actor } from './actor.ts'
import { listMailboxes } from './list-mailboxes.ts'
import { LIVE_SESSION_SECONDS } from './live-session-lifetime.ts'

export type LiveSessionView = {
  readonly id: string
  readonly mailboxId: number
  /** the label of the password that it signed in with; null: the one of the old system */
  readonly credentialLabel: string | null
  /** what the program says of itself; most say nothing */
  readonly clientName: string | null
  readonly listener: ListenerName
  readonly address: string
  readonly tlsVersion: string | null
  readonly startedAt: string
}

/** The subscriber's own, newest first. A row that is no longer renewed belongs to a session that is gone. */
export async function listLiveSessions(actor: Actor): Promise<LiveSessionView[]> {
  const mailboxIds = (await listMailboxes(actor)).map(({ id }) => id)
  const rows = await prisma().$queryRaw<(Omit<LiveSessionView, 'startedAt'> & { startedAt: Date })[]>`
    SELECT s.id, s.mailbox_id AS "mailboxId", c.label AS "credentialLabel", s.client_name AS "clientName", s.listener,
           host(s.address) AS address, s.tls_version AS "tlsVersion", s.started_at AS "startedAt"
    FROM live_sessions s LEFT JOIN credentials c ON c.id = s.credential_id
    WHERE s.mailbox_id = ANY(${mailboxIds}) AND s.seen_at > now() - make_interval(secs => ${LIVE_SESSION_SECONDS})
    ORDER BY s.started_at DESC, s.id
    LIMIT 200`
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }))
}
