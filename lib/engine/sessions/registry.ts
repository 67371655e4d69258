/**
 * The sessions that are logged in, so that they end when their right to be there does.
 *
 * Guarantees: within a second after a credential was revoked or a mailbox suspended, in whatever process, its sessions
 * are interrupted; a credential that expires ends its sessions at that moment. A session that its owner ends in the
 * portal is interrupted as well. After notifications may have been missed every session is checked again.
 */
import type { Database } from '#lib/db/database.ts'
import type { Notifications } from '#lib/db/notifications.ts'
import type { Identity } from '../auth/identity.ts'
import type { Connection } from '../runtime/connection.ts'
import type { LiveSession, LiveSessions } from './live-sessions.ts'

export interface SessionRegistry {
  register(connection: Connection, identity: Identity): LiveSession
  close(): void
}

type Registered = { readonly connection: Connection; readonly identity: Identity }

/** In a request to end sessions: all of the mailbox. */
const EVERY_SESSION = '*'
const RETRY_MS = 500
const LOGIN_TAKES_AT_MOST_MS = 60_000
/** setTimeout's longest delay; what expires later is looked at again then. */
const MAX_DELAY_MS = 2_147_483_647

const VALID = {
  name: 'sessions-valid-credentials',
  text: `
SELECT c.id FROM credentials c JOIN mailboxes m ON m.id = c.mailbox_id
WHERE c.id = ANY($1::uuid[]) AND c.revoked_at IS NULL AND m.suspended_at IS NULL
  AND (c.expires_at IS NULL OR c.expires_at > now())
UNION ALL
SELECT i.id FROM inherited_passwords i JOIN mailboxes m ON m.id = i.mailbox_id
WHERE i.id = ANY($1::uuid[]) AND m.suspended_at IS NULL`,
}

export type SessionRegistryParts = {
  readonly database: Database
  readonly notifications: Notifications
  readonly liveSessions: LiveSessions
  readonly onFault: (error: unknown) => void
}

export function createSessionRegistry(parts: SessionRegistryParts): SessionRegistry {
  const { database, notifications, liveSessions, onFault } = parts
  const sessionsOf = new Map<number, Set<Registered>>()
  /** A revocation may have been told between a login's look-up and its registration here. */
  const justChanged = new Map<number, NodeJS.Timeout>()

  /** @param mailboxId null: everybody's */
  async function check(mailboxId: number | null): Promise<void> {
    const sets = mailboxId === null ? [...sessionsOf.values()] : [sessionsOf.get(mailboxId) ?? new Set<Registered>()]
    const sessions = sets.flatMap((set) => [...set])
    if (sessions.length === 0) return
    try {
      const ids = [...new Set(sessions.map(({ identity }) => identity.credentialId))]
      const valid = new Set((await database.query<{ id: string }>(VALID, [ids])).map(({ id }) => id))
      for (const { connection, identity } of sessions) {
        const isOver = identity.expiresAt !== null && identity.expiresAt.getTime() <= Date.now()
        if (isOver || !valid.has(identity.credentialId)) connection.interrupt('accessChanged')
      }
    } catch (error) {
      onFault(error)
      setTimeout(() => void check(mailboxId), RETRY_MS).unref()
    }
  }

  const stopHearingOfEnds = notifications.on('session_end_requested', (payload) => {
    const [mailboxId, sessionId] = payload?.split(' ') ?? []
    for (const { connection } of sessionsOf.get(Number(mailboxId)) ?? [])
      if (sessionId === EVERY_SESSION || connection.id === sessionId) connection.interrupt('endedByOwner')
  })

  const stopHearingOfAccess = notifications.on('access_changed', (payload) => {
    const mailboxId = payload === null ? null : Number(payload)
    if (mailboxId !== null) {
      clearTimeout(justChanged.get(mailboxId))
      justChanged.set(mailboxId, setTimeout(() => justChanged.delete(mailboxId), LOGIN_TAKES_AT_MOST_MS).unref())
    }
    void check(mailboxId)
  })

  return {
    register(connection, identity) {
      const session = { connection, identity }
      const { mailboxId, expiresAt } = identity
      const sessions = sessionsOf.get(mailboxId) ?? new Set()
      sessionsOf.set(mailboxId, sessions.add(session))
      const expiry = expiresAt === null ? undefined : setTimeout(() => void check(mailboxId), msUntil(expiresAt))
      if (justChanged.has(mailboxId)) void check(mailboxId)
      const live = liveSessions.begin(connection, identity)
      return {
        nameClient: live.nameClient,
        end() {
          clearTimeout(expiry)
          live.end()
          sessions.delete(session)
          if (sessions.size === 0 && sessionsOf.get(mailboxId) === sessions) sessionsOf.delete(mailboxId)
        },
      }
    },
    close() {
      stopHearingOfEnds()
      stopHearingOfAccess()
    },
  }
}

/** A moment after the instant itself: the database's clock must have passed it too. */
function msUntil(instant: Date): number {
  return Math.min(Math.max(instant.getTime() - Date.now(), 0) + 50, MAX_DELAY_MS)
}
