/** What the engine itself writes to people elsewhere, queued by the transaction that is the reason for it. */
import type { Queryable } from '#lib/db/database.ts'
import type { AcceptedMessage } from './accepted-message.ts'
import { planAcceptance } from './plan-acceptance.ts'
import { writeUncounted } from './write-plans.ts'

/** @returns what is to be done after the commit */
export type SendOwn = (transaction: Queryable, message: AcceptedMessage) => Promise<() => void>

export type SendOwnParts = {
  readonly now: () => Date
  readonly queueLifetimeSeconds: () => number
  /** after the commit */
  readonly onQueued: () => void
}

export function createSendOwn({ now, queueLifetimeSeconds, onQueued }: SendOwnParts): SendOwn {
  return async (transaction, message) => {
    await writeUncounted(transaction, [planAcceptance(message, now())], queueLifetimeSeconds())
    return onQueued
  }
}
