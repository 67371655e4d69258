/** What all rooms of an engine worker stand on: the database and its news, the rules in force, and what is on record. */
import { type Database, openDatabase } from '#lib/db/database.ts'
import { type Notifications, openNotifications } from '#lib/db/notifications.ts'
import { databaseEnv } from '#lib/env/database.ts'
import type { RuledMailbox } from '#lib/policy/in-force.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { type EventRecorder, openEventRecorder } from './events/recorder.ts'
import { watchMaintenance } from './maintenance/watcher.ts'
import { type PolicySource, watchPolicy } from './policy/watcher.ts'
import type { OpenParts } from './runtime/open-parts.ts'
import { openLiveSessions } from './sessions/live-sessions.ts'
import { createSessionRegistry, type SessionRegistry } from './sessions/registry.ts'
import { type Changes, openChanges } from './store/changes.ts'

export type Foundation = {
  readonly parts: OpenParts
  readonly database: Database
  readonly notifications: Notifications
  readonly policy: PolicySource
  readonly events: EventRecorder
  readonly sessions: SessionRegistry
  readonly changes: Changes
  readonly onFault: (error: unknown) => void
}

type FoundationParts = Pick<Foundation, 'parts' | 'onFault'> & {
  /** maintenance begins on these */
  readonly onClosed: (listeners: readonly ListenerName[]) => void
}

/** PostgreSQL has 500 connections for all of this machine's processes. */
const DATABASE_CONNECTIONS = 24

export async function openFoundation({ parts, onClosed, onFault }: FoundationParts): Promise<Foundation> {
  const { url } = databaseEnv()
  const database = parts.keep(openDatabase(url, DATABASE_CONNECTIONS))
  const notifications = parts.keep(await openNotifications(url))
  const maintenance = parts.keep(await watchMaintenance({ database, notifications, onClosed, onFault }))
  const policy = await watchPolicy(database, notifications, maintenance.closures, onFault)
  const policyVersion = (mailbox: RuledMailbox | null) => policy.current(mailbox)?.version ?? null
  const events = parts.keep(openEventRecorder({ database, policyVersion, onFault }))
  const liveSessions = parts.keep(openLiveSessions(database, onFault))
  const sessions = parts.keep(createSessionRegistry({ database, notifications, liveSessions, onFault }))
  const changes = parts.keep(openChanges({ database, notifications, onFault }))
  return { parts, database, notifications, policy, events, sessions, changes, onFault }
}
