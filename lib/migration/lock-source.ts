/** A source while it is changed or removed: no job of it begins. */
import { notFound } from '#lib/accounts/actor.ts'
import type { MigrationSourceModel, Prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { JobState } from './job-view.ts'

/** @throws AppError not_found */
export async function lockSource(transaction: Prisma.TransactionClient, id: string): Promise<MigrationSourceModel> {
  await transaction.$executeRaw`SELECT FROM migration_sources WHERE id = ${id}::uuid FOR UPDATE`
  const source = await transaction.migrationSource.findFirst({ where: { id, removedAt: null } })
  if (source === null) throw notFound(`migration source ${id}`)
  return source
}

/** @throws AppError conflict, while a job of it is in one of these states */
export async function refuseWhile(
  transaction: Prisma.TransactionClient,
  { id }: MigrationSourceModel,
  states: readonly JobState[],
): Promise<void> {
  const jobs = await transaction.migrationJob.count({ where: { sourceId: id, state: { in: [...states] } } })
  if (jobs > 0) throw inUse(jobs)
}

function inUse(jobs: number): AppError {
  return new AppError('conflict', `${jobs} jobs of the source are under way`, {
    ja: `この移行元からの移行が、まだ${jobs}件終わっていません。一時停止するか（サーバーの変更と削除のときは取りやめるか）、終わるのを待ってから、もう一度お試しください。何も変更していません。`,
    en: `Moves from this source are under way: ${jobs}. Pause them (for another server or its removal: cancel them), or wait until they have ended, then try again. Nothing was changed.`,
  })
}
