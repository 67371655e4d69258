/**
 * When a delivery is tried again (RFC 5321 §4.5.4.1): several times within the first hour, because most troubles are
 * short (greylisting), then ever more seldom, until the message's lifetime ends. The policy says how long each time.
 */
import type { RelayRules } from '#lib/policy/relay-rules.ts'

export type RetryDelays = Pick<RelayRules, 'retryDelaysSeconds'>

/** Messages that failed together (a host was down) shall not all come back in the same second. */
const JITTER = 0.1
/** A destination that cannot be reached is looked at this often at the least. */
const MAX_PROBE_DELAY_SECONDS = 3_600

/**
 * @param failedAttempts how many there have been, this one included
 * @param random from 0 to 1
 */
export function secondsUntilNextAttempt(failedAttempts: number, rules: RetryDelays, random: number): number {
  return delayAfter(failedAttempts, rules) * (1 - JITTER / 2 + JITTER * random)
}

/** @param failedProbes how many attempts to connect have failed in a row */
export function secondsUntilNextProbe(failedProbes: number, rules: RetryDelays): number {
  return Math.min(delayAfter(failedProbes, rules), MAX_PROBE_DELAY_SECONDS)
}

function delayAfter(failures: number, { retryDelaysSeconds }: RetryDelays): number {
  return retryDelaysSeconds[Math.min(failures, retryDelaysSeconds.length) - 1] ?? MAX_PROBE_DELAY_SECONDS
}
