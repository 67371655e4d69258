/**
 * When a delivery is tried again (RFC 5321 §4.5.4.1): several times within the first hour, because most troubles are
 * short (greylisting), then ever more seldom, until the message's lifetime ends. The caller passes the schedule in, so
 * that a policy can replace it.
 */

export type RetrySchedule = {
  /** after the first, second, … failed attempt; the last one repeats */
  readonly delaysSeconds: readonly number[]
  /** the sender is told once that the message is still waiting */
  readonly delayReportAfterSeconds: number
  /** delivery is given up */
  readonly lifetimeSeconds: number
}

const MINUTE = 60
const HOUR = 60 * MINUTE

export const defaultSchedule: RetrySchedule = {
  delaysSeconds: [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR],
  delayReportAfterSeconds: 4 * HOUR,
  lifetimeSeconds: 120 * HOUR,
}

/** Messages that failed together (a host was down) shall not all come back in the same second. */
const JITTER = 0.1

/**
 * @param failedAttempts how many there have been, this one included
 * @param random from 0 to 1
 */
export function secondsUntilNextAttempt(failedAttempts: number, schedule: RetrySchedule, random: number): number {
  const { delaysSeconds } = schedule
  const delay = delaysSeconds[Math.min(failedAttempts, delaysSeconds.length) - 1] ?? HOUR
  return delay * (1 - JITTER / 2 + JITTER * random)
}
