/** After the policy's time an address that somebody gave up may be anybody's. */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'

const PURGE = purging(
  'releasedAddresses',
  'DELETE FROM released_addresses WHERE released_at < now() - make_interval(days => $1)',
)

export async function purgeReleasedAddresses(database: Queryable, quarantineDays: number): Promise<void> {
  await database.query(PURGE, [quarantineDays])
}
