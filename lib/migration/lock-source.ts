/** A source while it is changed or removed: no job of it begins. */
import { notFound } from '#lib/accounts/actor.ts'
import type { MigrationSourceModel, Prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { JobState } from './job-view.ts'

/**
 * @param forbidden states in which no job of it may be
 * @throws AppError not_found, conflict
 */
export async function lockSource(
  transaction: Prisma.TransactionClient,
  id: string,
  forbidden: readonly JobState[],
): Promise<MigrationSourceModel> {
  await transaction.$executeRaw`SELECT FROM migration_sources WHERE id = ${id}::uuid FOR UPDATE`
  const source = await transaction.migrationSource.findFirst({ where: { id, removedAt: null } })
  if (source === null) throw notFound(`migration source ${id}`)
  const jobs = await transaction.migrationJob.count({ where: { sourceId: id, state: { in: [...forbidden] } } })
  if (jobs > 0) throw inUse(jobs)
  return source
}

function inUse(jobs: number): AppError {
  return new AppError('conflict', `${jobs} jobs of the source are under way`, {
    ja: `この移行元からの移行が、まだ${jobs}件終わっていません。一時停止するか、取りやめるか、終わるのを待ってから、もう一度お試しください。何も変更していません。`,
    en: `Moves from this source are under way: ${jobs}. Pause or cancel them, or wait until they have ended, then try again. Nothing was changed.`,
  })
}
