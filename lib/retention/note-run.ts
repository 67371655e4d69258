/** Every run of a retention rule is on record: when it was, and how much has gone since counting began. */
import type { Queryable, Statement } from '#lib/db/database.ts'
import type { RetentionKind } from './retention-kinds.ts'

const upsert = (counted: string) => `
INSERT INTO retention_runs AS r (kind, at, removed) ${counted}
ON CONFLICT (kind) DO UPDATE SET at = excluded.at, removed = r.removed + excluded.removed`

const NOTE = { name: 'retention-note', text: upsert('VALUES ($1, now(), $2)') }

export async function noteRetentionRun(database: Queryable, kind: RetentionKind, removed: number): Promise<void> {
  await database.query(NOTE, [kind, removed])
}

/** @param deletion a DELETE without RETURNING; it and its record are one statement */
export function purging(kind: RetentionKind, deletion: string): Statement {
  const counted = `SELECT '${kind}', now(), count(*) FROM gone`
  return { name: `retention-${kind}`, text: `WITH gone AS (${deletion} RETURNING 1) ${upsert(counted)}` }
}
