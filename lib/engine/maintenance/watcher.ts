/**
 * The maintenance windows as this process knows them.
 *
 * Guarantees: a window that an operator begins, moves or ends rules within a second, in every worker; at the beginning
 * the sessions of the closed listeners are told goodbye when they next wait for a command, and a message that is coming
 * in arrives. Beginning and end are recorded once, by whichever worker is first. While the windows cannot be read, those
 * known last go on.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database } from '#lib/db/database.ts'
import type { Notifications } from '#lib/db/notifications.ts'
import { closuresAt, type ServiceName, type WindowPeriod } from '#lib/maintenance/services.ts'
import type { Closures } from '#lib/policy/closures.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export interface Maintenance {
  closures(): Closures
  close(): void
}

type Row = { id: string; services: ServiceName[]; starts_at: Date; ends_at: Date; begun_at: Date | null }
type KnownWindow = WindowPeriod & { readonly id: string; readonly isBegun: boolean }

const OPEN = {
  name: 'maintenance-open',
  text: 'SELECT id, services, starts_at, ends_at, begun_at FROM maintenance_windows WHERE ended_at IS NULL',
}
const BEGIN = {
  name: 'maintenance-begin',
  text: 'UPDATE maintenance_windows SET begun_at = $2 WHERE id = $1 AND begun_at IS NULL RETURNING id',
}
const END = {
  name: 'maintenance-end',
  text: 'UPDATE maintenance_windows SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND ends_at <= $2 RETURNING id',
}
const RETRY_MS = 500
/** Boundaries further away are looked at again then; setTimeout has a longest delay. */
const MAX_DELAY_MS = 3_600_000

type MaintenanceParts = {
  readonly database: Database
  readonly notifications: Notifications
  readonly onClosed: (listeners: readonly ListenerName[]) => void
  readonly onFault: (error: unknown) => void
}

export async function watchMaintenance(parts: MaintenanceParts): Promise<Maintenance> {
  const { database, notifications, onFault } = parts
  let windows: readonly KnownWindow[] = []
  let wasClosed: Closures = {}
  let timer: NodeJS.Timeout | undefined

  const closures = () => closuresAt(windows, new Date())

  async function record(statement: typeof BEGIN, window: KnownWindow, now: Date, action: string): Promise<void> {
    await database.transaction(async (transaction) => {
      const changed = await transaction.query(statement, [window.id, now])
      if (changed.length === 0) return
      const details = { services: window.services }
      const subject = `maintenance:${window.id}`
      await appendSystemAudit(transaction, { action, subject, mailboxId: null, reason: '', details })
    })
  }

  /** What begins, begins; what ends, ends; and the next boundary is waited for. */
  async function step(): Promise<void> {
    const now = new Date()
    const closed = closuresAt(windows, now)
    const newlyClosed = (Object.keys(closed) as ListenerName[]).filter((listener) => !(listener in wasClosed))
    wasClosed = closed
    if (newlyClosed.length > 0) parts.onClosed(newlyClosed)
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), Math.min(msToBoundary(windows, now), MAX_DELAY_MS)).unref()
    for (const window of windows) {
      if (window.startsAt <= now && now < window.endsAt && !window.isBegun) {
        await record(BEGIN, window, now, 'maintenance.begin')
      }
      if (window.endsAt <= now) await record(END, window, now, 'maintenance.end')
    }
  }

  async function refresh(): Promise<void> {
    try {
      windows = (await database.query<Row>(OPEN, [])).map(knownWindow)
      await step()
    } catch (error) {
      onFault(error)
      clearTimeout(timer)
      timer = setTimeout(() => void refresh(), RETRY_MS).unref()
    }
  }

  const stopListening = notifications.on('maintenance_changed', () => void refresh())
  await refresh()
  return {
    closures,
    close() {
      stopListening()
      clearTimeout(timer)
    },
  }
}

function knownWindow({ id, services, starts_at, ends_at, begun_at }: Row): KnownWindow {
  return { id, services, startsAt: starts_at, endsAt: ends_at, isBegun: begun_at !== null }
}

function msToBoundary(windows: readonly WindowPeriod[], now: Date): number {
  const ahead = windows.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).filter((moment) => moment > now)
  return Math.min(...ahead.map((moment) => moment.getTime() - now.getTime()))
}
