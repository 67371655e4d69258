/**
 * Takes due recipients out of the queue for this process, by a lease that ends by itself when the process dies.
 *
 * Guarantees: SKIP LOCKED and the lease together give a recipient to one process at a time. A process that is killed
 * leaves its leases behind; after LEASE_SECONDS another process takes over, and what had been in flight may arrive
 * twice (QUEUE.md, "in flight").
 */
import type { Queryable } from '#lib/db/database.ts'

export type ClaimedRecipient = {
  readonly id: number
  readonly address: string
  readonly attemptCount: number
  readonly notify: readonly string[]
  readonly originalRecipient: string | null
  readonly delayReportedAt: Date | null
}

/** The recipients of one message at one domain: what one SMTP transaction can carry. */
export type Claim = {
  readonly messageId: number
  readonly domain: string
  /** the destination could not be reached the last time; one session is to look before others follow */
  readonly isProbe: boolean
  /** the door it came in by, see AcceptedMessage */
  readonly listener: string
  readonly sender: string
  /** otherwise nobody gets a report: it would hit a bystander */
  readonly isSenderConfirmed: boolean
  readonly eightBit: boolean
  readonly utf8: boolean
  readonly envelopeId: string | null
  readonly returnFull: boolean
  readonly queuedAt: Date
  readonly expiresAt: Date
  readonly recipients: readonly ClaimedRecipient[]
}

export const LEASE_SECONDS = 120

const CLAIM = {
  name: 'queue-claim',
  text: `
WITH due AS (
  SELECT id FROM queued_recipients
  WHERE state = 'WAITING' AND next_attempt_at <= now() AND (leased_until IS NULL OR leased_until < now())
    AND domain <> ALL ($1::text[])
    AND (cancel_requested_at IS NOT NULL OR NOT EXISTS (
      SELECT FROM unreachable_destinations u WHERE u.domain IN (queued_recipients.domain, '*') AND u.next_probe_at > now()))
  ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED
), leased AS (
  UPDATE queued_recipients r SET leased_until = now() + $3::float8 * interval '1 second'
  FROM due WHERE r.id = due.id
  RETURNING r.*
)
SELECT l.id, l.message_id, l.address, l.domain, l.attempt_count, l.notify, l.original_recipient, l.delay_dsn_sent_at,
       EXISTS (SELECT FROM unreachable_destinations u WHERE u.domain IN (l.domain, '*')) AS is_probe,
       m.sender, m.sender_confirmed, m.listener, m.eight_bit, m.utf8, m.envelope_id, m.return_full, m.queued_at, m.expires_at
FROM leased l JOIN queued_messages m ON m.id = l.message_id
ORDER BY l.next_attempt_at, l.id`,
}

type ClaimedRow = {
  id: number
  message_id: number
  address: string
  domain: string
  attempt_count: number
  notify: string[]
  original_recipient: string | null
  delay_dsn_sent_at: Date | null
  is_probe: boolean
  sender: string
  sender_confirmed: boolean
  listener: string
  eight_bit: boolean
  utf8: boolean
  envelope_id: string | null
  return_full: boolean
  queued_at: Date
  expires_at: Date
}

/** @param busyDomains are left for later: this process has as many connections there as it may */
export async function claimDue(
  queryable: Queryable,
  busyDomains: readonly string[],
  maxRecipients: number,
): Promise<Claim[]> {
  const rows = await queryable.query<ClaimedRow>(CLAIM, [busyDomains, maxRecipients, LEASE_SECONDS])
  const groups = Map.groupBy(rows, ({ message_id, domain }) => `${message_id} ${domain}`)
  return [...groups.values()].flatMap(toClaim)
}

function toClaim(rows: readonly ClaimedRow[]): Claim[] {
  const [first] = rows
  if (first === undefined) return []
  const recipients = rows.map((row) => ({
    id: row.id,
    address: row.address,
    attemptCount: row.attempt_count,
    notify: row.notify,
    originalRecipient: row.original_recipient,
    delayReportedAt: row.delay_dsn_sent_at,
  }))
  return [
    {
      messageId: first.message_id,
      domain: first.domain,
      isProbe: first.is_probe,
      listener: first.listener,
      sender: first.sender,
      isSenderConfirmed: first.sender_confirmed,
      eightBit: first.eight_bit,
      utf8: first.utf8,
      envelopeId: first.envelope_id,
      returnFull: first.return_full,
      queuedAt: first.queued_at,
      expiresAt: first.expires_at,
      recipients,
    },
  ]
}

/** What a claim has become since it was taken: an operator may have held or cancelled some of it. */
export type OpenedClaim = {
  /** empty when it is not intact */
  readonly content: Buffer
  /** the bytes are those that were accepted */
  readonly isIntact: boolean
  /** to be delivered */
  readonly due: Claim
  /** to be reported and ended without another try */
  readonly cancelled: Claim
  /** held meanwhile, or ended by somebody else: not this process's any more */
  readonly withdrawnIds: readonly number[]
}

function opening(name: string, content: string, isIntact: string) {
  return {
    name,
    text: `
SELECT ${content} AS content, ${isIntact} AS is_intact,
  to_json(ARRAY(SELECT id FROM queued_recipients WHERE id = ANY ($2::int8[]) AND state = 'WAITING'
                AND cancel_requested_at IS NULL)) AS due,
  to_json(ARRAY(SELECT id FROM queued_recipients WHERE id = ANY ($2::int8[]) AND state = 'WAITING'
                AND cancel_requested_at IS NOT NULL)) AS cancelled
FROM queued_messages WHERE id = $1`,
  }
}

const OPEN = opening('queue-open-claim', 'content', 'coalesce(sha256(content) = content_sha256, true)')
const OPEN_UNREAD = opening('queue-open-claim-unread', `''::bytea`, 'false')

/** SQLSTATE data_corrupted and index_corrupted: the server has the row and cannot read the bytes. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^XX00[12]$/.test(String(error.code))
}

/** Right before the attempt: claims wait their turn in a lane, and what an operator says meanwhile counts. */
export async function openClaim(queryable: Queryable, claim: Claim): Promise<OpenedClaim> {
  const ids = claim.recipients.map(({ id }) => id)
  type Row = { content: Buffer; is_intact: boolean; due: number[]; cancelled: number[] }
  const [row] = await queryable.query<Row>(OPEN, [claim.messageId, ids]).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error
    return queryable.query<Row>(OPEN_UNREAD, [claim.messageId, ids])
  })
  if (row === undefined) throw new Error(`queued message ${claim.messageId} is gone`)
  const { is_intact: isIntact, due, cancelled } = row
  const content = isIntact ? row.content : Buffer.alloc(0)
  const part = (own: readonly number[]) => ({
    ...claim,
    recipients: claim.recipients.filter(({ id }) => own.includes(id)),
  })
  const withdrawnIds = ids.filter((id) => !due.includes(id) && !cancelled.includes(id))
  return { content, isIntact, due: part(due), cancelled: part(cancelled), withdrawnIds }
}

const RENEW = {
  name: 'queue-renew-leases',
  text: `UPDATE queued_recipients SET leased_until = now() + $2::float8 * interval '1 second'
WHERE id = ANY ($1::int8[]) AND state IN ('WAITING', 'HELD')`,
}

/** For deliveries that take longer than a lease; called well before it ends. */
export async function renewLeases(queryable: Queryable, recipientIds: readonly number[]): Promise<void> {
  if (recipientIds.length > 0) await queryable.query(RENEW, [recipientIds, LEASE_SECONDS])
}

const RELEASE = {
  name: 'queue-release-leases',
  text: `UPDATE queued_recipients SET leased_until = NULL
WHERE id = ANY ($1::int8[]) AND state IN ('WAITING', 'HELD')`,
}

/** Gives back what was claimed and not tried. */
export async function releaseLeases(queryable: Queryable, recipientIds: readonly number[]): Promise<void> {
  if (recipientIds.length > 0) await queryable.query(RELEASE, [recipientIds])
}
