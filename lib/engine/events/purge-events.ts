/**
 * What the engine saw is kept as long as it serves its purpose: records of a mailbox for half a year, mishaps, which
 * belong to nobody, for a day.
 */
import type { Queryable } from '#lib/db/database.ts'
import { noteRetentionRun } from '#lib/retention/note-run.ts'
import { keepEventsDays } from '#lib/retention/retention-kinds.ts'

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

const PURGE_HOST_USES = {
  name: 'host-uses-purge',
  text: 'DELETE FROM host_uses WHERE day < current_date - $1::int',
}

export async function purgeEvents(database: Queryable): Promise<void> {
  await database.query(PURGE_HOST_USES, [keepEventsDays])
  let removed = 0
  for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; removed += count) {
    count = (await database.query(PURGE, [keepEventsDays])).length
  }
  await noteRetentionRun(database, 'events', removed)
}
