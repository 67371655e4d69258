/** What people know as one service each, and what a MaintenanceWindow closes. Pure. */
import type { Closures } from '#lib/policy/closures.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export const services = ['receive', 'reading', 'smtp', 'smtpa'] as const
export type ServiceName = (typeof services)[number]

export const listenersOf: Readonly<Record<ServiceName, readonly ListenerName[]>> = {
  receive: ['mx'],
  reading: ['pop3', 'pop3s', 'imap', 'imaps', 'managesieve'],
  smtp: ['smtp'],
  smtpa: ['submission', 'submissions', 'submissionLegacy'],
}

export type WindowPeriod = {
  readonly services: readonly ServiceName[]
  readonly startsAt: Date
  readonly endsAt: Date
}

/** Where windows overlap the last end counts. */
export function closuresAt(windows: readonly WindowPeriod[], now: Date): Closures {
  const closures: Partial<Record<ListenerName, number>> = {}
  for (const { services: closed, startsAt, endsAt } of windows) {
    if (now < startsAt || now >= endsAt) continue
    const secondsLeft = Math.ceil((endsAt.getTime() - now.getTime()) / 1_000)
    for (const listener of closed.flatMap((service) => listenersOf[service])) {
      closures[listener] = Math.max(closures[listener] ?? 0, secondsLeft)
    }
  }
  return closures
}
