/** What an operator sees of all migrations: batches, and the jobs of one of them. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type JobState, type JobView, jobParts, jobView } from './job-view.ts'

export const boardQuery = z.object({ batch: z.uuid().optional().catch(undefined) })

export type BatchView = {
  readonly id: string
  readonly sourceName: string
  readonly createdAt: string
  readonly found: number
  readonly copied: number
  readonly bytesCopied: number
  /** mailboxes by state */
  readonly mailboxes: Readonly<Partial<Record<JobState, number>>>
}

export type MigrationBoard = {
  readonly batches: readonly BatchView[]
  /** of the batch that was asked for, or the newest; those that need somebody first */
  readonly batchId: string | null
  readonly jobs: readonly JobView[]
}

const MAX_BATCHES = 20
const MAX_JOBS = 200

type BatchRow = {
  id: string
  name: string
  createdAt: Date
  found: number
  copied: number
  bytes: number
  mailboxes: Partial<Record<JobState, number>>
}

/** @throws AppError forbidden */
export async function readBoard(actor: Actor, query: z.output<typeof boardQuery>): Promise<MigrationBoard> {
  requirePermission(actor, 'migration.read')
  const rows = await prisma().$queryRaw<BatchRow[]>`
    SELECT batch_id AS id, min(name) AS name, min(created_at) AS "createdAt", sum(found)::int AS found,
           sum(copied)::int AS copied, sum(bytes)::float8 AS bytes, json_object_agg(state, mailboxes) AS mailboxes
    FROM (SELECT j.batch_id, j.state, min(s.name) AS name, min(j.created_at) AS created_at, count(*)::int AS mailboxes,
                 sum(greatest(j.messages_found, j.messages_copied)) AS found, sum(j.messages_copied) AS copied,
                 sum(j.bytes_copied) AS bytes
          FROM migration_jobs j JOIN migration_sources s ON s.id = j.source_id GROUP BY j.batch_id, j.state) by_state
    GROUP BY batch_id ORDER BY 3 DESC LIMIT ${MAX_BATCHES}`
  const batches = rows.map(({ name, bytes, createdAt, ...row }) => ({
    ...row,
    sourceName: name,
    bytesCopied: bytes,
    createdAt: createdAt.toISOString(),
  }))
  const batchId = query.batch ?? batches[0]?.id ?? null
  return { batches, batchId, jobs: batchId === null ? [] : await jobsOf(batchId) }
}

const urgency: Readonly<Record<JobState, number>> = {
  FAILED: 0,
  RUNNING: 1,
  WAITING: 2,
  PAUSED: 3,
  COPIED: 4,
  DONE: 5,
  CANCELLED: 6,
}

async function jobsOf(batchId: string): Promise<JobView[]> {
  const rows = await prisma().migrationJob.findMany({
    where: { batchId },
    include: jobParts,
    orderBy: { mailbox: { address: 'asc' } },
    take: MAX_JOBS,
  })
  return rows.map(jobView).sort((one, other) => urgency[one.state] - urgency[other.state])
}
