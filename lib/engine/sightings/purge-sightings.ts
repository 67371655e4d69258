/** Which mail programs were used is forgotten after a year and a month. */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'
import { keepSightingsDays } from '#lib/retention/retention-kinds.ts'

const PURGE = purging('clientSightings', 'DELETE FROM client_sightings WHERE last_day < current_date - $1::int')

export async function purgeSightings(database: Queryable): Promise<void> {
  await database.query(PURGE, [keepSightingsDays])
}
