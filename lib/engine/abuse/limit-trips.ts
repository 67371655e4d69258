/**
 * What follows when a mailbox reaches a sending limit: its owner gets a letter, once a day; and when it keeps happening,
 * the mailbox's sending is held until a person of the ISP releases it.
 *
 * Guarantees: one trip an hour is counted, whatever a mail program retries; trip, hold, audit record and letter are one
 * commit. The refusal on the wire never waits for it. A database that is away loses a trip, which the next refusal makes
 * up for.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database, Queryable } from '#lib/db/database.ts'
import type { AbuseRules } from '#lib/policy/abuse-rules.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { Letterhead } from '../delivery/compose-letter.ts'
import type { PutNotice } from '../delivery/put-notice.ts'
import { composeLimitNotice } from './limit-notice.ts'

export type Trip = { readonly mailboxId: number; readonly reason: ReasonId; readonly waitSeconds: number | null }

export interface LimitTrips {
  /** Returns at once. */
  note(trip: Trip): void
  /** Other hosts refused recipients of this message. Returns at once. */
  noteBounce(messageId: number): void
  /** Resolves when all trips so far are on record. */
  settled(): Promise<void>
}

export type LimitTripsParts = Letterhead & {
  readonly database: Database
  readonly rules: () => AbuseRules
  readonly putNotice: PutNotice
  readonly now: () => Date
  readonly onFault: (error: unknown) => void
}

/** Limits, not faults of one message or of the recipient. */
const trippingReasons: ReadonlySet<ReasonId> = new Set([
  'sendingLimitReached',
  'credentialLimitReached',
  'newCorrespondentsReached',
  'abroadLimitReached',
  'windowLimitReached',
] satisfies ReasonId[])

const TRIP = {
  name: 'abuse-trip',
  text: `
WITH tripped AS (
  INSERT INTO sending_trips (mailbox_id, hour, reason)
  SELECT m.id, date_trunc('hour', now()), $2 FROM mailboxes m WHERE m.id = $1
  ON CONFLICT (mailbox_id, hour) DO NOTHING RETURNING mailbox_id
)
SELECT m.address, m.sending_held_at IS NOT NULL AS is_held, 1 + (
    SELECT count(*)::int4 FROM sending_trips t WHERE t.mailbox_id = m.id AND t.hour > now() - make_interval(days => $3)
  ) AS trips, EXISTS (
    SELECT FROM sending_trips t WHERE t.mailbox_id = m.id AND t.notice_sent_at > now() - interval '24 hours'
  ) AS is_told
FROM tripped JOIN mailboxes m ON m.id = tripped.mailbox_id`,
}
const HOLD = {
  name: 'abuse-hold',
  text: `UPDATE mailboxes SET sending_held_at = now(), sending_held_for = $2 WHERE id = $1 AND sending_held_at IS NULL RETURNING id`,
}
const TOLD = {
  name: 'abuse-told',
  text: `UPDATE sending_trips SET notice_sent_at = now() WHERE mailbox_id = $1 AND hour = date_trunc('hour', now())`,
}

// Served by the index of a mailbox's messages; what is still retried was accepted within the queue's lifetime.
const BOUNCED = {
  name: 'abuse-bounced',
  text: `
SELECT b.id AS mailbox_id, b.address, (
    SELECT count(*)::int4 FROM queued_messages m JOIN queued_recipients r ON r.message_id = m.id
    WHERE m.mailbox_id = b.id AND r.state = 'FAILED' AND r.finished_at > now() - interval '1 hour'
  ) AS bounces
FROM queued_messages q JOIN mailboxes b ON b.id = q.mailbox_id
WHERE q.id = $1 AND b.sending_held_at IS NULL`,
}

type BouncedRow = { mailbox_id: number; address: string; bounces: number }
type TripRow = { address: string; is_held: boolean; trips: number; is_told: boolean }

export function openLimitTrips(parts: LimitTripsParts): LimitTrips {
  const waiting = new Set<Promise<void>>()

  function inBackground(work: Promise<void>): void {
    const guarded: Promise<void> = work.catch(parts.onFault).finally(() => waiting.delete(guarded))
    waiting.add(guarded)
  }

  return {
    note(trip) {
      if (trippingReasons.has(trip.reason)) inBackground(recordTrip(parts, trip))
    },
    noteBounce(messageId) {
      if (parts.rules().holdAfterBouncesPerHour > 0) inBackground(holdForBounces(parts, messageId))
    },
    async settled() {
      await Promise.all(waiting)
    },
  }
}

async function recordTrip(parts: LimitTripsParts, { mailboxId, reason, waitSeconds }: Trip): Promise<void> {
  const { holdAfterTrips, tripDays } = parts.rules()
  const afterCommit = await parts.database.transaction(async (transaction) => {
    const [row] = await transaction.query<TripRow>(TRIP, [mailboxId, reason, tripDays])
    if (row === undefined) return null
    const isDue = !row.is_held && holdAfterTrips > 0 && row.trips >= holdAfterTrips
    const isHeld = isDue && (await hold(transaction, mailboxId, reason))
    if (row.is_told && !isHeld) return null
    await transaction.query(TOLD, [mailboxId])
    return tell(parts, transaction, { mailboxId, address: row.address, reason, isHeld, waitSeconds })
  })
  afterCommit?.()
}

async function holdForBounces(parts: LimitTripsParts, messageId: number): Promise<void> {
  const [row] = await parts.database.query<BouncedRow>(BOUNCED, [messageId])
  if (row === undefined || row.bounces < parts.rules().holdAfterBouncesPerHour) return
  const { mailbox_id: mailboxId, address } = row
  const reason = 'tooManyBounces'
  const afterCommit = await parts.database.transaction(async (transaction) => {
    if (!(await hold(transaction, mailboxId, reason))) return null
    return tell(parts, transaction, { mailboxId, address, reason, isHeld: true, waitSeconds: null })
  })
  afterCommit?.()
}

type News = Trip & { readonly address: string; readonly isHeld: boolean }

async function tell(parts: LimitTripsParts, transaction: Queryable, news: News): Promise<() => void> {
  const { mailboxId, address, reason, isHeld, waitSeconds } = news
  const { site, portalUrl } = parts
  const now = parts.now()
  const endsAt = waitSeconds === null ? null : new Date(now.getTime() + waitSeconds * 1_000)
  const content = await composeLimitNotice({ address, reason, isHeld, endsAt, site, portalUrl, now })
  return parts.putNotice(transaction, { mailboxId, address, content })
}

/** @returns false when it was held already */
async function hold(transaction: Queryable, mailboxId: number, reason: ReasonId): Promise<boolean> {
  const held = await transaction.query(HOLD, [mailboxId, reason])
  if (held.length === 0) return false
  await appendSystemAudit(transaction, {
    action: 'mailbox.holdSending',
    subject: `mailbox:${mailboxId}`,
    mailboxId,
    reason: '',
    details: { limit: reason },
  })
  return true
}
