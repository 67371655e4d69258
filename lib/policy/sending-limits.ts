/**
 * How much one mailbox may send. Counting is the engine's business; here are the limits and the arithmetic, which knows
 * neither a clock nor a database: what was sent comes with the time at which it stops counting.
 */
import { z } from 'zod'
import type { ReasonId } from './reasons.ts'

const MEBIBYTE = 1_048_576
const count = z.int().min(1).max(1_000_000)

export const messageBytes = z
  .int()
  .min(65_536)
  .max(512 * MEBIBYTE)

export type SendingLimits = {
  maxMessageBytes: number
  maxRecipientsPerMessage: number
  maxRecipientsPerHour: number
  maxRecipientsPerDay: number
  /** of one credential: a lost telephone does not use up the whole mailbox */
  maxRecipientsPerCredentialPerDay: number
  /** people to whom this mailbox has not written before */
  maxNewCorrespondentsPerDay: number
  /** from outside the home networks, where an operator has named some */
  maxRecipientsPerDayFromAbroad: number
}

export const submissionLimits: SendingLimits = {
  maxMessageBytes: 35 * MEBIBYTE,
  maxRecipientsPerMessage: 100,
  maxRecipientsPerHour: 300,
  maxRecipientsPerDay: 1_000,
  maxRecipientsPerCredentialPerDay: 1_000,
  maxNewCorrespondentsPerDay: 200,
  maxRecipientsPerDayFromAbroad: 33,
}

/** Lower: who sends by a window has proved less. */
export const relayWindowLimits: SendingLimits = {
  maxMessageBytes: 25 * MEBIBYTE,
  maxRecipientsPerMessage: 50,
  maxRecipientsPerHour: 100,
  maxRecipientsPerDay: 300,
  maxRecipientsPerCredentialPerDay: 300,
  maxNewCorrespondentsPerDay: 50,
  maxRecipientsPerDayFromAbroad: 33,
}

/** @param defaults for what is missing in documents that were saved before there were such limits */
export function sendingLimitsSchema(defaults: SendingLimits) {
  return z.strictObject({
    maxMessageBytes: messageBytes,
    maxRecipientsPerMessage: z.int().min(1).max(1_000),
    maxRecipientsPerHour: count,
    maxRecipientsPerDay: count,
    maxRecipientsPerCredentialPerDay: count.default(defaults.maxRecipientsPerCredentialPerDay),
    maxNewCorrespondentsPerDay: count.max(10_000).default(defaults.maxNewCorrespondentsPerDay),
    maxRecipientsPerDayFromAbroad: count.default(defaults.maxRecipientsPerDayFromAbroad),
  })
}

/** What counts against a limit now, and when each part of it no longer does. */
export type Tally = readonly { readonly amount: number; readonly leavesInSeconds: number }[]

export type SendingFacts = {
  readonly recipients: number
  /** those among the recipients to whom this mailbox has not written before */
  readonly newCorrespondents: number
  readonly isFromAbroad: boolean
  /** sending waits for a person, see `holdAfterTrips` */
  readonly isHeld: boolean
  readonly sent: {
    readonly thisHour: Tally
    readonly today: Tally
    readonly todayByCredential: Tally
    readonly todayFromAbroad: Tally
    readonly newToday: Tally
    /** by this RelayWindow since it was opened */
    readonly inWindow: { readonly recipients: number; readonly messages: number }
  }
}

export type LimitReached = { readonly reason: ReasonId; readonly waitSeconds: number }

/** @returns the limit that lasts longest of those that this message would go beyond; null when there is none */
export function sendingLimitReached(facts: SendingFacts, limits: SendingLimits): LimitReached | null {
  const { recipients, newCorrespondents, isFromAbroad, sent } = facts
  const waits: readonly LimitReached[] = [
    reached('sendingLimitReached', sent.thisHour, recipients, limits.maxRecipientsPerHour),
    reached('sendingLimitReached', sent.today, recipients, limits.maxRecipientsPerDay),
    reached('credentialLimitReached', sent.todayByCredential, recipients, limits.maxRecipientsPerCredentialPerDay),
    reached('newCorrespondentsReached', sent.newToday, newCorrespondents, limits.maxNewCorrespondentsPerDay),
    reached(
      'abroadLimitReached',
      sent.todayFromAbroad,
      isFromAbroad ? recipients : 0,
      limits.maxRecipientsPerDayFromAbroad,
    ),
  ]
  const longest = waits.reduce((one, other) => (other.waitSeconds > one.waitSeconds ? other : one))
  return longest.waitSeconds > 0 ? longest : null
}

function reached(reason: ReasonId, sent: Tally, adding: number, max: number): LimitReached {
  return { reason, waitSeconds: waitFor(sent, adding, max) }
}

/** @returns 0 when there is room now; for what never fits, until all room is free */
function waitFor(sent: Tally, adding: number, max: number): number {
  let sum = sent.reduce((total, { amount }) => total + amount, adding)
  if (adding === 0 || sum <= max) return 0
  let waitSeconds = 1
  for (const { amount, leavesInSeconds } of sent.toSorted(
    (one, other) => one.leavesInSeconds - other.leavesInSeconds,
  )) {
    sum -= amount
    waitSeconds = Math.max(waitSeconds, leavesInSeconds)
    if (sum <= max) break
  }
  return waitSeconds
}
