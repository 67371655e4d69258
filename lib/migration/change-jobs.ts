import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { alreadyMoving } from './create-job.ts'
import type { JobState } from './job-view.ts'

export const jobDeeds = ['pause', 'resume', 'sync', 'finish', 'retry', 'fetchLate', 'cancel'] as const
export type JobDeed = (typeof jobDeeds)[number]

export const changeJobsInput = z.strictObject({
  batchId: z.uuid(),
  /** null: every one of the batch that can */
  jobId: z.uuid().nullable(),
  deed: z.enum(jobDeeds),
})

type Change = { readonly from: readonly JobState[]; readonly data: Prisma.MigrationJobUpdateManyMutationInput }

const lease = { leaseToken: null, leasedUntil: null }
const again = () => ({ ...lease, state: 'WAITING' as const, problem: null, attemptCount: 0, nextAttemptAt: new Date() })

const changes: Readonly<Record<JobDeed, () => Change>> = {
  pause: () => ({ from: ['WAITING', 'RUNNING'], data: { ...lease, state: 'PAUSED' } }),
  resume: () => ({ from: ['PAUSED'], data: again() }),
  /** another pass, before the last one */
  sync: () => ({ from: ['COPIED'], data: again() }),
  /** the last pass */
  finish: () => ({ from: ['COPIED', 'WAITING', 'RUNNING', 'PAUSED'], data: { ...again(), isFinal: true } }),
  retry: () => ({ from: ['FAILED'], data: again() }),
  /** after it was taken over: what has come to the source since, and what it would not hand over */
  fetchLate: () => ({ from: ['DONE'], data: { ...again(), isFinal: true } }),
  cancel: () => ({
    from: ['WAITING', 'RUNNING', 'PAUSED', 'COPIED', 'FAILED'],
    data: { ...lease, state: 'CANCELLED', sealedPassword: null, finishedAt: new Date() },
  }),
}

const newPasses: readonly JobDeed[] = ['sync', 'finish', 'retry', 'fetchLate']

/** A job that has ended has forgotten its password: without a master password only a new start helps. */
const ended: readonly JobDeed[] = ['retry', 'fetchLate']
const canLogIn = {
  source: { removedAt: null },
  OR: [
    { sealedPassword: { not: null } },
    { source: { sealedMasterPassword: { not: null } } },
    { source: { host: '' } },
  ],
}

/**
 * @returns how many jobs it concerned
 * @throws AppError forbidden, conflict
 */
export async function changeJobs(actor: Actor, input: z.infer<typeof changeJobsInput>): Promise<{ changed: number }> {
  requirePermission(actor, 'migration.change')
  const { batchId, jobId, deed } = changeJobsInput.parse(input)
  const { from, data } = changes[deed]()
  const where = {
    batchId,
    state: { in: [...from] },
    ...(jobId === null ? {} : { id: jobId }),
    ...(ended.includes(deed) ? canLogIn : {}),
  }
  try {
    return await prisma().$transaction(async (transaction) => {
      const jobs = await transaction.migrationJob.findMany({ where, select: { id: true } })
      const ids = jobs.map(({ id }) => id)
      if (newPasses.includes(deed)) await tryAgain(transaction, ids)
      const { count: changed } = await transaction.migrationJob.updateMany({
        where: { id: { in: ids }, state: { in: [...from] } },
        data,
      })
      if (changed > 0) {
        await appendAudit(transaction, {
          actorId: actor.accountId,
          action: `migration.${deed}`,
          subject: jobId === null ? `migrationBatch:${batchId}` : `migrationJob:${jobId}`,
          mailboxId: null,
          reason: deed,
          details: { mailboxes: changed },
        })
      }
      return { changed }
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw alreadyMoving()
    throw error
  }
}

/** Messages that the source would not hand over are remembered until they are here; everything else is found out anew. */
async function tryAgain(transaction: Prisma.TransactionClient, ids: readonly string[]): Promise<void> {
  const ofJobs = { jobId: { in: [...ids] } }
  await transaction.migrationFault.deleteMany({ where: { ...ofJobs, problem: { not: 'messageUnreadable' } } })
  await transaction.migrationFault.updateMany({ where: ofJobs, data: { triedAgain: true } })
}
