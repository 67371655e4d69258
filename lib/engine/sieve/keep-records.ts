/**
 * Marks, requests to forward and events, in the transaction that accepts the message.
 *
 * Guarantees: of two messages that come together one is answered; nobody is asked twice about a forward; a mailbox
 * sends no more than MAX_ANSWERS_PER_HOUR answers and has no more than MAX_OPEN_FORWARD_REQUESTS requests without an
 * answer. Forwards are counted with the message; what comes in at the same moment may pass the policy's limit together.
 */

import { byteaArray, textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { MAX_OPEN_FORWARD_REQUESTS } from '#lib/mail/forward-requests.ts'
import type { ForwardRequest, Mark, RecipeEvent } from './recipe-outcome.ts'

const MAX_ANSWERS_PER_HOUR = 100
/** What the sending counters call them. */
export const FORWARDS = 'forward'

const MAKE_MARKS = {
  name: 'sieve-make-marks',
  text: `
INSERT INTO recipe_marks (mailbox_id, key, kind, expires_at)
SELECT DISTINCT ON (a.mailbox_id, a.key) a.mailbox_id, a.key, a.kind, now() + a.seconds * interval '1 second'
FROM unnest($1::int4[], $2::bytea[], $3::text[], $4::float8[]) AS a(mailbox_id, key, kind, seconds)
JOIN mailboxes m ON m.id = a.mailbox_id
WHERE a.kind <> 'answered' OR (
  SELECT count(*) FROM recipe_marks k WHERE k.mailbox_id = a.mailbox_id AND k.kind = 'answered'
    AND k.made_at > now() - interval '1 hour') < $5
ORDER BY a.mailbox_id, a.key
ON CONFLICT (mailbox_id, key) DO UPDATE SET expires_at = EXCLUDED.expires_at, made_at = now()
WHERE recipe_marks.expires_at <= now() OR recipe_marks.kind = 'seen'
RETURNING mailbox_id, encode(key, 'hex') AS key`,
}

const REQUEST_FORWARD = {
  name: 'sieve-request-forward',
  text: `
INSERT INTO forward_addresses (mailbox_id, address, token_hash)
SELECT $1, $2, $3 WHERE (
  SELECT count(*) FROM forward_addresses f WHERE f.mailbox_id = $1 AND f.verified_at IS NULL) < $4
ON CONFLICT (mailbox_id, address) DO NOTHING
RETURNING 1 AS made`,
}

const ASK_BEFORE_FORWARDING = {
  name: 'sieve-ask-before-forwarding',
  text: `
INSERT INTO forward_addresses (mailbox_id, address)
SELECT $1, a.address FROM unnest($2::text[]) AS a(address)
WHERE NOT EXISTS (SELECT FROM forward_addresses f WHERE f.mailbox_id = $1 AND f.address = a.address)
LIMIT greatest(0, $3 - (SELECT count(*) FROM forward_addresses f WHERE f.mailbox_id = $1 AND f.verified_at IS NULL))
ON CONFLICT (mailbox_id, address) DO NOTHING`,
}

const COUNT_FORWARDS = {
  name: 'sieve-count-forwards',
  text: `
INSERT INTO sending_counters AS c (mailbox_id, subject, hour, recipients, messages)
SELECT m.id, '${FORWARDS}', date_trunc('hour', now()), a.messages, a.messages
FROM (SELECT mailbox_id, count(*)::int4 AS messages FROM unnest($1::int4[]) AS f(mailbox_id) GROUP BY mailbox_id) a
JOIN mailboxes m ON m.id = a.mailbox_id
ORDER BY m.id
ON CONFLICT (mailbox_id, subject, hour)
DO UPDATE SET recipients = c.recipients + excluded.recipients, messages = c.messages + excluded.messages`,
}

const RECORD_EVENTS = {
  name: 'sieve-record-events',
  text: `
INSERT INTO protocol_events (at, session_id, kind, listener, address, mailbox_id, reason, detail)
SELECT now(), gen_random_uuid(), 'recipe', 'mx', '::', a.mailbox_id, a.reason, a.detail
FROM unnest($1::int4[], $2::text[], $3::text[]) AS a(mailbox_id, reason, detail)`,
}

/** @returns takes a mark that was not there before; of several messages in the transaction the first gets it */
export async function makeMarks(transaction: Queryable, marks: readonly Mark[]): Promise<(mark: Mark) => boolean> {
  if (marks.length === 0) return () => false
  const rows = await transaction.query<{ mailbox_id: number; key: string }>(MAKE_MARKS, [
    marks.map(({ mailboxId }) => mailboxId),
    byteaArray(marks.map(({ key }) => key)),
    textArray(marks.map(({ kind }) => kind)),
    marks.map(({ seconds }) => seconds),
    MAX_ANSWERS_PER_HOUR,
  ])
  const made = new Set(rows.map(({ mailbox_id, key }) => `${mailbox_id} ${key}`))
  return ({ mailboxId, key }) => made.delete(`${mailboxId} ${key.toString('hex')}`)
}

/** @returns whether it is a new one */
export async function requestForward(transaction: Queryable, request: ForwardRequest): Promise<boolean> {
  const { mailboxId, address, tokenHash } = request
  const rows = await transaction.query(REQUEST_FORWARD, [mailboxId, address, tokenHash, MAX_OPEN_FORWARD_REQUESTS])
  return rows.length > 0
}

/** The letters follow, see send-invitations.ts. @param addresses elsewhere, in canonical form */
export async function askBeforeForwarding(
  transaction: Queryable,
  mailboxId: number,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return
  await transaction.query(ASK_BEFORE_FORWARDING, [mailboxId, textArray(addresses), MAX_OPEN_FORWARD_REQUESTS])
}

/** @param mailboxIds of each message that is passed on to elsewhere */
export async function countForwards(transaction: Queryable, mailboxIds: readonly number[]): Promise<void> {
  if (mailboxIds.length > 0) await transaction.query(COUNT_FORWARDS, [mailboxIds])
}

const MAX_DETAIL_CHARACTERS = 300

export async function recordEvents(transaction: Queryable, events: readonly RecipeEvent[]): Promise<void> {
  if (events.length === 0) return
  await transaction.query(RECORD_EVENTS, [
    events.map(({ mailboxId }) => mailboxId),
    textArray(events.map(({ reason }) => reason)),
    textArray(events.map(({ detail }) => detail.replaceAll(/[\x00-\x1f\x7f]+/g, ' ').slice(0, MAX_DETAIL_CHARACTERS))),
  ])
}
