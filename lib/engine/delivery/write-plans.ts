/** Writes acceptance plans to the database: copies, queue entries and counters, all of a plan or nothing of it. */
import type { Database, Queryable } from '#lib/db/database.ts'
import { enqueue } from '../queue/enqueue.ts'
import { countForwards, makeMarks, recordEvents, requestForward } from '../sieve/keep-records.ts'
import { appendMessages } from '../store/append-message.ts'
import { type DecideFor, raiseCounters, refuseBeyondLimits, type SendingRefusal } from './count-sending.ts'
import type { AcceptancePlan } from './plan-acceptance.ts'

export type StoredFolder = { readonly mailboxId: number; readonly folderId: number }

export type Refusals = ReadonlyMap<AcceptancePlan, SendingRefusal>

export type Written = {
  readonly refusals: Refusals
  /** where copies were put, for those who watch these folders */
  readonly folders: readonly StoredFolder[]
  readonly hasQueued: boolean
}

/** Makes the transaction roll back, because some of its plans must not be in it. */
class PlansRefused extends Error {
  readonly refusals: Refusals

  constructor(refusals: Refusals) {
    super('a mailbox is full or a limit is reached')
    this.refusals = refusals
  }
}

/**
 * The local copies of the plans in one statement: in an open transaction, or, with the database itself, as one of its
 * own. A plan that finds a mailbox full or gone is refused and leaves nothing; a report to a mailbox that is gone is dropped.
 */
export async function writeCopies(
  queryable: Queryable,
  plans: readonly AcceptancePlan[],
  answers: readonly AcceptancePlan[] = [],
): Promise<Written> {
  const ofAnswers = answers.flatMap((plan) => plan.arriving.map((message) => ({ message, plan, isReport: true })))
  const ofPlans = plans.flatMap((plan) =>
    [plan, ...plan.reports].flatMap(({ arriving }, index) =>
      arriving.map((message) => ({ message, plan, isReport: index > 0 })),
    ),
  )
  const owned = [...ofPlans, ...ofAnswers]
  const results = await appendMessages(
    queryable,
    owned.map(({ message }) => message),
  )
  const refusals = new Map<AcceptancePlan, SendingRefusal>()
  const folders: StoredFolder[] = []
  owned.forEach(({ plan, isReport }, index) => {
    const appended = results[index]
    if (appended) folders.push(...appended)
    else if (!isReport) refusals.set(plan, { reason: 'mailboxFull', waitSeconds: null })
  })
  return { refusals, folders, hasQueued: false }
}

export type CountedWriteParts = {
  readonly database: Database
  readonly decide: DecideFor
  readonly queueLifetimeSeconds: () => number
}

/**
 * Plans with counters, queue entries or reports: one transaction for all of them.
 *
 * It is begun in the hope that nothing is refused, so all statements travel together and only the COMMIT waits for what
 * they say. When something is refused, everything is rolled back and done once more without it.
 */
export async function writeCountedPlans(parts: CountedWriteParts, plans: readonly AcceptancePlan[]): Promise<Written> {
  const refused = new Map<AcceptancePlan, SendingRefusal>()
  for (;;) {
    const hopeful = plans.filter((plan) => !refused.has(plan))
    try {
      const written = await parts.database.transaction((transaction) => writeHopefully(transaction, hopeful, parts))
      return { ...written, refusals: refused }
    } catch (error) {
      if (!(error instanceof PlansRefused)) throw error
      for (const [plan, refusal] of error.refusals) refused.set(plan, refusal)
    }
  }
}

async function writeHopefully(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
  parts: CountedWriteParts,
): Promise<Written> {
  const [sent, written] = await Promise.all([
    raiseCounters(transaction, plans),
    writeUncounted(transaction, plans, parts.queueLifetimeSeconds()),
  ])
  const refusals = new Map([...written.refusals, ...refuseBeyondLimits(plans, sent, parts.decide)])
  if (refusals.size > 0) throw new PlansRefused(refusals)
  return written
}

/** Copies and queue entries, without counting: also for what the engine itself sends. */
export async function writeUncounted(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
  queueLifetimeSeconds: number,
): Promise<Written> {
  const answers = await writeRecords(transaction, plans)
  const entries = [...plans, ...answers]
    .flatMap((plan) => [plan, ...plan.reports])
    .flatMap(({ queueEntry }) => (queueEntry ? [queueEntry] : []))
  const [written] = await Promise.all([
    writeCopies(transaction, plans, answers),
    enqueue(transaction, entries, queueLifetimeSeconds),
  ])
  return { ...written, hasQueued: entries.length > 0 }
}

/** What recipes remember and tell. @returns the answers and invitations that are really to be sent */
async function writeRecords(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
): Promise<readonly AcceptancePlan[]> {
  const recipes = plans.flatMap((plan) => [plan, ...plan.reports]).flatMap((plan) => plan.recipes ?? [])
  if (recipes.length === 0) return []
  await countForwards(
    transaction,
    recipes.flatMap((each) => each.forwardedBy),
  )
  const answers = recipes.flatMap((each) => each.answers)
  const marks = recipes.flatMap((each) => each.marks)
  const takeNew = await makeMarks(transaction, [...marks, ...answers.map(({ mark }) => mark)])
  const sent = answers.filter(({ mark }) => takeNew(mark)).map(({ plan }) => plan)
  for (const { request, plan } of recipes.flatMap((each) => each.invitations)) {
    if (await requestForward(transaction, request)) sent.push(plan)
  }
  await recordEvents(
    transaction,
    recipes.flatMap((each) => each.events),
  )
  return sent
}
