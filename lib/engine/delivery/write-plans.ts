/** Writes acceptance plans to the database: copies, queue entries and counters, all of a plan or nothing of it. */
import type { Database, Queryable } from '#lib/db/database.ts'
import type { Question, Verdict } from '#lib/policy/decide.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import { enqueue } from '../queue/enqueue.ts'
import { appendMessages } from '../store/append-message.ts'
import { countSending } from './count-sending.ts'
import type { AcceptancePlan } from './plan-acceptance.ts'

export type StoredFolder = { readonly mailboxId: number; readonly folderId: number }

export type Refusals = ReadonlyMap<AcceptancePlan, ReasonId>

export type Written = {
  readonly refusals: Refusals
  /** where copies were put, for those who watch these folders */
  readonly folders: readonly StoredFolder[]
  readonly hasQueued: boolean
}

/** Makes the transaction roll back, because a plan of it found a mailbox full. */
class FullMailboxFound extends Error {
  readonly refusals: Refusals

  constructor(refusals: Refusals) {
    super('a mailbox is full')
    this.refusals = refusals
  }
}

/**
 * The local copies of the plans in one statement: in an open transaction, or, with the database itself, as one of its
 * own. A plan that finds a mailbox full or gone is refused and leaves nothing; a report to a mailbox that is gone is dropped.
 */
export async function writeCopies(queryable: Queryable, plans: readonly AcceptancePlan[]): Promise<Written> {
  const owned = plans.flatMap((plan) =>
    [plan, ...plan.reports].flatMap(({ arriving }, index) =>
      arriving ? [{ arriving, plan, isReport: index > 0 }] : [],
    ),
  )
  const results = await appendMessages(
    queryable,
    owned.map(({ arriving }) => arriving),
  )
  const refusals = new Map<AcceptancePlan, ReasonId>()
  const folders: StoredFolder[] = []
  owned.forEach(({ plan, isReport }, index) => {
    const appended = results[index]
    if (appended) folders.push(...appended)
    else if (!isReport) refusals.set(plan, 'mailboxFull')
  })
  return { refusals, folders, hasQueued: false }
}

export type CountedWriteParts = {
  readonly database: Database
  readonly decide: (question: Question) => Verdict
  readonly queueLifetimeSeconds: number
}

/** Plans with counters, queue entries or reports: one transaction for all of them. */
export async function writeCountedPlans(parts: CountedWriteParts, plans: readonly AcceptancePlan[]): Promise<Written> {
  const full = new Map<AcceptancePlan, ReasonId>()
  for (;;) {
    const remaining = plans.filter((plan) => !full.has(plan))
    try {
      const written = await parts.database.transaction((transaction) => writeAll(transaction, remaining, parts))
      return { ...written, refusals: new Map([...full, ...written.refusals]) }
    } catch (error) {
      // Rare: RCPT has asked already. What was counted and queued for the plan is rolled back with everything else.
      if (!(error instanceof FullMailboxFound)) throw error
      for (const [plan, reason] of error.refusals) full.set(plan, reason)
    }
  }
}

async function writeAll(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
  parts: CountedWriteParts,
): Promise<Written> {
  const overLimit = await countSending(transaction, plans, parts.decide)
  const accepted = plans.filter((plan) => !overLimit.has(plan))
  const written = await writeUncounted(transaction, accepted, parts.queueLifetimeSeconds)
  if (written.refusals.size > 0) throw new FullMailboxFound(written.refusals)
  return { ...written, refusals: overLimit }
}

/** Copies and queue entries, without counting: also for what the engine itself sends. */
export async function writeUncounted(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
  queueLifetimeSeconds: number,
): Promise<Written> {
  const written = await writeCopies(transaction, plans)
  const entries = plans
    .flatMap((plan) => [plan, ...plan.reports])
    .flatMap(({ queueEntry }) => (queueEntry ? [queueEntry] : []))
  await enqueue(transaction, entries, queueLifetimeSeconds)
  return { ...written, hasQueued: entries.length > 0 }
}
