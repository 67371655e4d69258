/** What an operator sees of all migrations: batches, and the jobs of one of them. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type JobState, type JobView, jobParts, jobView } from './job-view.ts'

export const boardQuery = z.object({
  batch: z.uuid().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

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
  readonly page: number
  readonly hasMore: boolean
}

const MAX_BATCHES = 20
const PAGE_JOBS = 50

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
  const jobs = batchId === null ? [] : await jobsOf(batchId, query.page)
  return { batches, batchId, jobs: jobs.slice(0, PAGE_JOBS), page: query.page, hasMore: jobs.length > PAGE_JOBS }
}

/** First those that need somebody. */
const urgency: readonly JobState[] = ['FAILED', 'RUNNING', 'WAITING', 'PAUSED', 'COPIED', 'DONE', 'CANCELLED']

/** @returns those of the page, and one more where there is another page */
async function jobsOf(batchId: string, page: number): Promise<JobView[]> {
  const ids = await prisma().$queryRaw<{ id: string }[]>`
    SELECT j.id FROM migration_jobs j JOIN mailboxes m ON m.id = j.mailbox_id WHERE j.batch_id = ${batchId}::uuid
    ORDER BY array_position(${urgency}::text[], j.state::text), m.address
    LIMIT ${PAGE_JOBS + 1} OFFSET ${(page - 1) * PAGE_JOBS}`
  const rows = await prisma().migrationJob.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    include: jobParts,
  })
  const views = new Map(rows.map((row) => [row.id, jobView(row)]))
  return ids.flatMap(({ id }) => views.get(id) ?? [])
}
