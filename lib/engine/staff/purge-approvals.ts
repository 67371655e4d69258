/** What exactly was asked for names customers, numbers and words: it goes when nobody can do it any more. */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'

const PURGE = purging('approvals', 'DELETE FROM approvals WHERE expires_at < now() - make_interval(days => $1)')

export async function purgeApprovals(database: Queryable, keepDays: number): Promise<void> {
  await database.query(PURGE, [keepDays])
}
