/** Which mail programs were used is forgotten after a year and a month. */
import type { Queryable } from '#lib/db/database.ts'
import { noteRetentionRun } from '#lib/retention/note-run.ts'
import { keepSightingsDays } from '#lib/retention/retention-kinds.ts'

const PURGE = {
  name: 'sightings-purge',
  text: 'DELETE FROM client_sightings WHERE last_day < current_date - $1::int RETURNING 1',
}

export async function purgeSightings(database: Queryable): Promise<void> {
  const gone = await database.query(PURGE, [keepSightingsDays])
  await noteRetentionRun(database, 'clientSightings', gone.length)
}
