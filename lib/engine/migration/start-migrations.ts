/**
 * The migration worker of one process: takes due jobs and works at a few of them at a time.
 *
 * Guarantees: a job ends with DONE, COPIED or FAILED and a reason, or is tried again; a process that dies gives its
 * jobs back with their leases; `close` gives them back at once.
 */
import type { Database } from '#lib/db/database.ts'
import { isPassing, type MigrationProblem } from '#lib/migration/problems.ts'
import { removeStaged } from '../store/staged-messages.ts'
import { StoreRefusal } from '../store/store-refusal.ts'
import { type ClaimedJob, claimJob, endJob, LEASE_SECONDS, LeaseLost, putJobOff, renewLease } from './jobs.ts'
import { type PassParts, runPass } from './run-pass.ts'
import { SourceFailed } from './source.ts'

export type MigrationParts = PassParts & { readonly onFault: (error: unknown) => void }

export interface Migrations {
  close(): Promise<void>
}

const JOBS_AT_ONCE = 4
const LOOK_EVERY_MS = 1_000
const SWEEP_EVERY_MS = 60_000
const MAX_DELAY_SECONDS = 900
/** of attempts in a row that brought nothing */
const MAX_ATTEMPTS = 60
const MAX_BROKEN_ATTEMPTS = 5

export function startMigrations(parts: MigrationParts): Migrations {
  const { database, onFault } = parts
  const running = new Map<ClaimedJob, Promise<void>>()
  let isLooking = false
  let closed = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      while (!closed && running.size < JOBS_AT_ONCE) {
        const job = await claimJob(database)
        if (job === null) break
        const work = runJob(parts, job)
          .catch(onFault)
          .finally(() => {
            running.delete(job)
            void look()
          })
        running.set(job, work)
      }
    } catch (error) {
      onFault(error)
    }
    isLooking = false
  }

  const sweep = () => void removeAbandoned(database).catch(onFault)
  const timers = [
    setInterval(() => void look(), LOOK_EVERY_MS).unref(),
    setInterval(sweep, SWEEP_EVERY_MS).unref(),
    setInterval(() => void renewLeases(), (LEASE_SECONDS * 1_000) / 4).unref(),
  ]

  async function renewLeases(): Promise<void> {
    for (const job of running.keys()) {
      await renewLease(database, job).catch((error) => (error instanceof LeaseLost ? undefined : onFault(error)))
    }
  }

  return {
    async close() {
      closed = true
      for (const timer of timers) clearInterval(timer)
      // What a job does from here on fails for want of its lease.
      for (const job of running.keys()) await putJobOff(database, job, 'interrupted', 0).catch(() => {})
      await Promise.allSettled(running.values())
    },
  }
}

async function runJob(parts: MigrationParts, job: ClaimedJob): Promise<void> {
  try {
    await runPass(parts, job)
  } catch (error) {
    if (error instanceof LeaseLost) return
    await settle(parts, job, problemOf(error)).catch((lost) => {
      if (!(lost instanceof LeaseLost)) throw lost
    })
    if (!(error instanceof SourceFailed || error instanceof StoreRefusal)) throw error
  }
}

function problemOf(error: unknown): MigrationProblem {
  if (error instanceof SourceFailed) return error.problem
  return error instanceof StoreRefusal && error.reason === 'overQuota' ? 'mailboxFull' : 'interrupted'
}

async function settle({ database }: MigrationParts, job: ClaimedJob, problem: MigrationProblem): Promise<void> {
  const maxAttempts = isPassing(problem) ? MAX_ATTEMPTS : problem === 'protocolBroken' ? MAX_BROKEN_ATTEMPTS : 0
  if (job.attemptCount >= maxAttempts) return endJob(database, job, 'FAILED', problem)
  await putJobOff(database, job, problem, Math.min(2 ** (job.attemptCount + 1), MAX_DELAY_SECONDS))
}

const TAKE_ABANDONED = {
  name: 'migration-take-abandoned',
  text: `
DELETE FROM migrated_folders f WHERE taken_over_at IS NULL AND NOT EXISTS (
  SELECT FROM migration_jobs j WHERE j.mailbox_id = f.mailbox_id AND j.source_id = f.source_id AND j.state <> 'CANCELLED')
RETURNING mailbox_id AS "mailboxId", folder_id AS "folderId"`,
}

/** What cancelled jobs have left staged. */
async function removeAbandoned(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    const folders = await transaction.query<{ mailboxId: number; folderId: number }>(TAKE_ABANDONED, [])
    for (const folder of folders) await removeStaged(transaction, folder, null)
  })
}
