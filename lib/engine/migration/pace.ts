/** Lets a job go on no faster than the operator of the old system can bear. */
import { setTimeout as delay } from 'node:timers/promises'

export type Pace = (messages: number) => Promise<void>

export function startPace(messagesPerSecond: number): Pace {
  let freeAt = performance.now()
  return async (messages) => {
    freeAt = Math.max(freeAt, performance.now() - 1_000) + (messages / messagesPerSecond) * 1_000
    const waitMs = freeAt - performance.now()
    if (waitMs > 0) await delay(waitMs)
  }
}
