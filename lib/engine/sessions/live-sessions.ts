/**
 * Who is connected now, for the owner of the mailbox to see: one row for each session that is logged in, as long as it
 * lasts.
 *
 * Guarantees: a session never waits for its row, and one that is over within a second gets none. Rows are renewed
 * while their session lasts, so what a killed worker leaves behind is forgotten after LIVE_SESSION_SECONDS.
 */
import { LIVE_SESSION_SECONDS } from '#lib/accounts/live-session-lifetime.ts'
import type { Database } from '#lib/db/database.ts'
import type { Identity } from '../auth/identity.ts'
import type { Connection } from '../runtime/connection.ts'
import { runRegularly } from '../runtime/run-regularly.ts'

export interface LiveSession {
  /** what the client says that it is (IMAP ID) */
  nameClient(clientName: string): void
  end(): void
}

export interface LiveSessions {
  begin(connection: Connection, identity: Identity): LiveSession
  /** Writes what is still waiting. */
  close(): Promise<void>
}

type Entry = {
  readonly connection: Connection
  readonly identity: Identity
  readonly startedAt: Date
  clientName: string | null
  hasRow: boolean
}

const WRITE_EVERY_MS = 1_000
const RENEW_EVERY_MS = 30_000
const MAX_CLIENT_NAME = 100

const WRITE = {
  name: 'live-sessions-write',
  text: `
INSERT INTO live_sessions (id, mailbox_id, credential_id, listener, address, tls_version, client_name, started_at)
SELECT t.* FROM unnest($1::uuid[], $2::int4[], $3::uuid[], $4::text[], $5::inet[], $6::text[], $7::text[], $8::timestamptz[]) AS t(id, mailbox_id)
WHERE EXISTS (SELECT 1 FROM mailboxes m WHERE m.id = t.mailbox_id)
ON CONFLICT (id) DO UPDATE SET client_name = excluded.client_name, seen_at = now()`,
}
const REMOVE = { name: 'live-sessions-remove', text: 'DELETE FROM live_sessions WHERE id = ANY($1::uuid[])' }
const FORGET = {
  name: 'live-sessions-forget',
  text: 'DELETE FROM live_sessions WHERE seen_at < now() - make_interval(secs => $1)',
}

export function openLiveSessions(database: Database, onFault: (error: unknown) => void): LiveSessions {
  const live = new Set<Entry>()
  const unwritten = new Set<Entry>()
  let over: string[] = []

  async function write(entries: readonly Entry[], ended: readonly string[]): Promise<void> {
    if (entries.length > 0) {
      await database.query(WRITE, columns(entries))
      for (const entry of entries) entry.hasRow = true
    }
    if (ended.length > 0) await database.query(REMOVE, [ended])
  }

  async function writeWaiting(): Promise<void> {
    const oldEnough = Date.now() - WRITE_EVERY_MS
    const entries = [...unwritten].filter(({ startedAt }) => startedAt.getTime() <= oldEnough)
    const ended = over
    over = []
    for (const entry of entries) unwritten.delete(entry)
    try {
      await write(entries, ended)
    } catch (error) {
      onFault(error)
      for (const entry of entries) if (live.has(entry)) unwritten.add(entry)
      over.push(...ended)
    }
    // What ended while its row was being written.
    for (const entry of entries) if (!live.has(entry)) over.push(entry.connection.id)
  }

  async function renew(): Promise<void> {
    for (const entry of live) if (entry.hasRow) unwritten.add(entry)
    await database.query(FORGET, [LIVE_SESSION_SECONDS])
  }

  const writing = runRegularly({ everyMs: WRITE_EVERY_MS, work: writeWaiting, onFault })
  const renewing = runRegularly({ everyMs: RENEW_EVERY_MS, work: renew, onFault })

  return {
    begin(connection, identity) {
      const entry: Entry = { connection, identity, startedAt: new Date(), clientName: null, hasRow: false }
      live.add(entry)
      unwritten.add(entry)
      return {
        nameClient(clientName) {
          entry.clientName = clientName.slice(0, MAX_CLIENT_NAME)
          unwritten.add(entry)
        },
        end() {
          live.delete(entry)
          unwritten.delete(entry)
          if (entry.hasRow) over.push(connection.id)
        },
      }
    },
    async close() {
      await renewing.close()
      await writing.close()
      await write([], over).catch(onFault)
    },
  }
}

function columns(entries: readonly Entry[]): unknown[] {
  const column = <Value>(pick: (entry: Entry) => Value) => entries.map(pick)
  return [
    column(({ connection }) => connection.id),
    column(({ identity }) => identity.mailboxId),
    column(({ identity }) => identity.credentialId),
    column(({ connection }) => connection.listener.name),
    column(({ connection }) => connection.remoteAddress),
    column(({ connection }) => connection.tls?.version ?? null),
    column(({ clientName }) => clientName),
    column(({ startedAt }) => startedAt),
  ]
}
