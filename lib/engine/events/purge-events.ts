/**
 * What the engine saw is kept as long as it serves its purpose: records of a mailbox for the half year that is usual for
 * access logs in Japan, mishaps, which belong to nobody, for a day.
 */
import type { Queryable } from '#lib/db/database.ts'

const KEEP_EVENTS_DAYS = 180
const ROWS_AT_ONCE = 10_000

const PURGE = {
  name: 'events-purge',
  text: `
WITH old AS (
  SELECT id FROM protocol_events
  WHERE at < now() - make_interval(days => $1) OR (mishap IS NOT NULL AND at < now() - interval '1 day')
  LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED
)
DELETE FROM protocol_events e USING old WHERE e.id = old.id RETURNING 1`,
}

export async function purgeEvents(database: Queryable): Promise<void> {
  for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; ) {
    count = (await database.query(PURGE, [KEEP_EVENTS_DAYS])).length
  }
}
