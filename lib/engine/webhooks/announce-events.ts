/**
 * Tells endpoints that asked for it what the engine saw, some events at a time, as the API lists them: never with whom
 * somebody writes.
 *
 * Guarantees: an event is told once to each endpoint, in order; where an endpoint stands moves with the commit that puts
 * its delivery down. Events of the last seconds wait, because workers write theirs at different moments.
 */
import { outcomeOf } from '#lib/activity/event-view.ts'
import type { Database, Queryable } from '#lib/db/database.ts'

const AT_ONCE = 200
const SETTLING_SECONDS = 3

const ENDPOINTS = {
  name: 'webhook-event-endpoints',
  text: `
SELECT id, coalesce(event_cursor, 0) AS cursor FROM webhook_endpoints
WHERE removed_at IS NULL AND 'events.recorded' = ANY(types) FOR UPDATE SKIP LOCKED`,
}
const EVENTS = {
  name: 'webhook-events',
  text: `
SELECT id, at, kind, listener, host(address) AS address, tls_version AS "tlsVersion", mailbox_id AS "mailboxId",
  credential_id AS "credentialId", mechanism, reason
FROM protocol_events
WHERE id > $1 AND mishap IS NULL AND at < now() - make_interval(secs => ${SETTLING_SECONDS})
ORDER BY id LIMIT ${AT_ONCE}`,
}
const PUT = {
  name: 'webhook-put-events',
  text: `
WITH moved AS (UPDATE webhook_endpoints SET event_cursor = $2 WHERE id = $1::uuid)
INSERT INTO webhook_deliveries (id, endpoint_id, type, body) VALUES (gen_random_uuid(), $1::uuid, 'events.recorded', $3)`,
}

type Endpoint = { readonly id: string; readonly cursor: number }
type Seen = {
  readonly id: number
  readonly at: Date
  readonly kind: string
  readonly mechanism: string | null
}

export async function announceEvents(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const endpoint of await transaction.query<Endpoint>(ENDPOINTS, [])) await announceTo(transaction, endpoint)
  })
}

async function announceTo(transaction: Queryable, { id, cursor }: Endpoint): Promise<void> {
  const seen = await transaction.query<Seen>(EVENTS, [cursor])
  const last = seen.at(-1)
  if (last === undefined) return
  const body = { type: 'events.recorded', timestamp: new Date().toISOString(), data: { events: seen.map(told) } }
  await transaction.query(PUT, [id, last.id, JSON.stringify(body)])
}

function told({ kind, ...event }: Seen) {
  return { ...event, id: String(event.id), outcome: outcomeOf({ kind, mechanism: event.mechanism }) }
}
