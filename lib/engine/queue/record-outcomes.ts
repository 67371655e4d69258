/**
 * Writes down how an attempt ended, for each recipient, in the transaction that also stores the reports that follow
 * from it. A recipient ends once only, whoever comes first. One that was held while its attempt ran ends as the attempt
 * did, or stays held; one that was cancelled meanwhile is due at once, to be reported.
 */
import { textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'

export type AttemptFacts = {
  readonly remoteHost: string | null
  readonly tlsVersion: string | null
  readonly replyCode: number | null
  readonly enhancedStatus: string | null
  readonly replyText: string
}

export type RecordedOutcome = AttemptFacts & {
  readonly recipientId: number
  readonly state: 'DELIVERED' | 'FAILED' | 'WAITING'
  /** for WAITING */
  readonly secondsUntilNextAttempt: number
  readonly isDelayReported: boolean
}

const LOCK_MESSAGE = { name: 'queue-lock-message', text: 'SELECT id FROM queued_messages WHERE id = $1 FOR UPDATE' }

const RECORD = {
  name: 'queue-record-outcomes',
  text: `
WITH outcome AS MATERIALIZED (
  SELECT * FROM unnest($1::int8[], $2::text[], $3::float8[], $4::bool[], $5::text[], $6::text[], $7::int4[], $8::text[], $9::text[])
    AS o(id, state, delay, delay_reported, remote_host, tls_version, reply_code, enhanced_status, reply_text)
), changed AS (
  UPDATE queued_recipients r
  SET state = CASE WHEN o.state = 'WAITING' THEN r.state ELSE o.state::recipient_state END,
      attempt_count = r.attempt_count + 1,
      leased_until = NULL,
      next_attempt_at = CASE WHEN r.cancel_requested_at IS NOT NULL THEN now() WHEN o.state = 'WAITING'
        THEN least(now() + o.delay * interval '1 second', greatest(m.expires_at, now() + interval '1 minute'))
        ELSE r.next_attempt_at END,
      delay_dsn_sent_at = CASE WHEN o.delay_reported THEN now() ELSE r.delay_dsn_sent_at END,
      finished_at = CASE WHEN o.state <> 'WAITING' THEN now() END
  FROM outcome o, queued_messages m
  WHERE r.id = o.id AND r.state IN ('WAITING', 'HELD') AND m.id = r.message_id
  RETURNING r.id
), noted AS (
  INSERT INTO delivery_attempts (recipient_id, remote_host, tls_version, reply_code, enhanced_status, reply_text)
  SELECT o.id, o.remote_host, o.tls_version, o.reply_code, o.enhanced_status, o.reply_text
  FROM outcome o JOIN changed USING (id)
)
SELECT id FROM changed`,
}

/** When nobody waits or is held any more, the message's text is of no use to us and not ours to keep; the trace stays. */
const DROP_FINISHED_CONTENT = {
  name: 'queue-drop-finished-content',
  text: `UPDATE queued_messages SET content = '' WHERE id = $1
AND NOT EXISTS (SELECT FROM queued_recipients WHERE message_id = $1 AND state IN ('WAITING', 'HELD'))`,
}

/**
 * @returns the ids of the recipients that had not ended; for the others somebody else has already recorded an end
 */
export async function recordOutcomes(
  transaction: Queryable,
  messageId: number,
  outcomes: readonly RecordedOutcome[],
): Promise<ReadonlySet<number>> {
  // Recipients at different domains end at the same time; only under this lock does the last one know that it is last.
  await transaction.query(LOCK_MESSAGE, [messageId])
  const rows = await transaction.query<{ id: number }>(RECORD, [
    outcomes.map(({ recipientId }) => recipientId),
    textArray(outcomes.map(({ state }) => state)),
    outcomes.map(({ secondsUntilNextAttempt }) => secondsUntilNextAttempt),
    outcomes.map(({ isDelayReported }) => isDelayReported),
    outcomes.map(({ remoteHost }) => remoteHost),
    outcomes.map(({ tlsVersion }) => tlsVersion),
    outcomes.map(({ replyCode }) => replyCode),
    outcomes.map(({ enhancedStatus }) => enhancedStatus),
    textArray(outcomes.map(({ replyText }) => replyText)),
  ])
  await transaction.query(DROP_FINISHED_CONTENT, [messageId])
  return new Set(rows.map(({ id }) => id))
}

const PURGE = purging(
  'queueTrace',
  `DELETE FROM queued_messages m WHERE m.queued_at < now() - $1::float8 * interval '1 day'
AND NOT EXISTS (SELECT FROM queued_recipients r WHERE r.message_id = m.id AND r.state IN ('WAITING', 'HELD'))`,
)

/** Who wrote to whom is a secret of communications: the trace of finished messages is kept for its purpose only. */
export async function purgeTrace(queryable: Queryable, retentionDays: number): Promise<void> {
  await queryable.query(PURGE, [retentionDays])
}
