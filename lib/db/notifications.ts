/**
 * LISTEN/NOTIFY between the portal and the engine's processes.
 *
 * Guarantees: one connection per process that listens from the beginning, opened again when it breaks; after a break
 * every listener is told with the payload `null` ("something may have been missed: read again").
 */
import pg from 'pg'
import type { Queryable } from './database.ts'

const channels = [
  'policy_changed',
  'access_changed',
  'folder_changed',
  'queue_changed',
  'session_end_requested',
  'maintenance_changed',
] as const
export type Channel = (typeof channels)[number]

/** `payload` is null after a reconnection, when notifications may have been missed. */
export type Listener = (payload: string | null) => void

const NOTIFY = { name: 'notify', text: 'SELECT pg_notify($1, $2)' }
const RECONNECT_DELAY_MS = 500

/** Inside a transaction the notification leaves with the commit. */
export async function notify(queryable: Queryable, channel: Channel, payload: string): Promise<void> {
  await queryable.query(NOTIFY, [channel, payload])
}

export interface Notifications {
  on(channel: Channel, listener: Listener): () => void
  close(): Promise<void>
}

export async function openNotifications(url: string): Promise<Notifications> {
  const listeners = new Map<string, Set<Listener>>()
  let client: pg.Client | undefined
  let closed = false

  const tell = (channel: string, payload: string | null) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload)
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 })
    next.on('notification', (message) => tell(message.channel, message.payload ?? ''))
    next.on('error', () => {})
    next.on('end', () => {
      if (client === next) void reconnect()
    })
    await next.connect()
    await next.query(channels.map((channel) => `LISTEN ${channel};`).join(' '))
    client = next
  }

  async function reconnect(): Promise<void> {
    client = undefined
    while (!closed) {
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_DELAY_MS))
      try {
        await connect()
        for (const channel of listeners.keys()) tell(channel, null)
        return
      } catch {
        // The database is away; the loop tries again.
      }
    }
  }

  await connect()
  return {
    on(channel, listener) {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(listener))
      return () => known.delete(listener)
    },
    async close() {
      closed = true
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
