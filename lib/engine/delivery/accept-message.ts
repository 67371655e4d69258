/**
 * The one place where a 250 is earned (RFC 5321 §4.2.5, §6.1).
 *
 * Guarantees:
 * - When `acceptMessage` returns, one commit that PostgreSQL has flushed to its disk holds the copies for every local
 *   mailbox, the queue entry for everybody else, and the raised sending counters: all of them or none.
 * - When it throws, nothing of the message is stored, with one exception that no protocol can avoid: the connection to
 *   the database broke while the commit was under way. The client is then told 451 and sends again; that is the one
 *   way to a duplicate.
 * - Messages that wait at the same time share a statement and a commit. A message that cannot be stored does not take
 *   its neighbours along: the batch is then written again one by one.
 * Refuses (DeliveryRefused): a mailbox that filled up since RCPT, a sender beyond the limits of the policy.
 */
import type { Database } from '#lib/db/database.ts'
import type { Trip } from '../abuse/limit-trips.ts'
import { noRecipes, type RecipeOutcome } from '../sieve/recipe-outcome.ts'
import type { RunRecipes } from '../sieve/run-recipes.ts'
import { type AcceptedMessage, DeliveryRefused } from './accepted-message.ts'
import { createBatchLane } from './batch-lane.ts'
import type { CorrespondentKey } from './correspondents.ts'
import type { DecideFor, SendingRefusal } from './count-sending.ts'
import { type AcceptancePlan, type PlannedRecipes, planAcceptance } from './plan-acceptance.ts'
import { countOf } from './sending-count.ts'
import { type StoredFolder, writeCopies, writeCountedPlans } from './write-plans.ts'

export type AcceptMessage = (message: AcceptedMessage) => Promise<{ readonly reference: string }>

export type AcceptanceParts = {
  readonly database: Database
  readonly decide: DecideFor
  readonly now: () => Date
  readonly correspondentKey: CorrespondentKey
  readonly queueLifetimeSeconds: () => number
  /** the reports that a message owes its sender as soon as it is stored, see dsn/report-local-delivery.ts */
  readonly reportsFor: (message: AcceptedMessage) => Promise<readonly AcceptedMessage[]>
  readonly runRecipes: RunRecipes
  /** a subscriber's message was refused: perhaps a limit */
  readonly onRefused: (trip: Trip) => void
  /** after the commit */
  readonly onStored: (folder: StoredFolder) => void
  /** after the commit */
  readonly onQueued: () => void
}

const MAX_BATCH = 64
const MAX_BATCH_BYTES = 4_194_304
/** Heavier messages have a lane of their own, so that a picture album does not hold up the short letters. */
const HEAVY_BYTES = 524_288

/** `fault` is null for a message that is stored. */
type Outcome = { readonly fault: unknown }

export function createAcceptance(parts: AcceptanceParts): AcceptMessage {
  const newLane = () =>
    createBatchLane<AcceptancePlan, Outcome>({
      maxItems: MAX_BATCH,
      maxWeight: MAX_BATCH_BYTES,
      weightOf: planBytes,
      write: (plans) => writeOrIsolate(parts, plans),
    })
  const lightLane = newLane()
  const heavyLane = newLane()

  return async (message) => {
    const plan = await planWithRecipes(parts, message, 0)
    const lane = planBytes(plan) > HEAVY_BYTES ? heavyLane : lightLane
    const { fault } = await lane(plan)
    if (fault !== null) throw fault
    return { reference: plan.reference }
  }
}

/** So many scripts may pass a message on before it is stored as it is; circles are seen earlier, by Delivered-To. */
const MAX_FORWARDS = 5

async function planWithRecipes(
  parts: AcceptanceParts,
  message: AcceptedMessage,
  depth: number,
): Promise<AcceptancePlan> {
  const now = parts.now()
  const isFirst = depth === 0
  const [recipes, reports] = await Promise.all([
    depth < MAX_FORWARDS ? parts.runRecipes(message, isFirst) : noRecipes,
    isFirst ? parts.reportsFor(message) : [],
  ])
  const sent = await Promise.all(recipes.messages.map((each) => planWithRecipes(parts, each, depth + 1)))
  const planOwn = (own: AcceptedMessage) => planAcceptance(own, now)
  return planAcceptance(message, now, {
    count: countOf(message, parts.correspondentKey),
    reports: [...reports.map(planOwn), ...sent.flatMap((plan) => [plan, ...plan.reports])],
    filings: recipes.filings,
    recipes: planRecipes(recipes, planOwn),
    mayOverfill: !isFirst,
  })
}

/** @returns null when nothing but copies comes of them */
function planRecipes(
  { marks, events, forwardedBy, answers, invitations }: RecipeOutcome,
  planOwn: (message: AcceptedMessage) => AcceptancePlan,
): PlannedRecipes | null {
  if ([marks, events, forwardedBy, answers, invitations].every(({ length }) => length === 0)) return null
  return {
    marks,
    events,
    forwardedBy,
    answers: answers.map(({ mark, message }) => ({ mark, plan: planOwn(message) })),
    invitations: invitations.map(({ request, message }) => ({ request, plan: planOwn(message) })),
  }
}

/** What the plan makes the statement carry; a content that goes into several mailboxes is sent once. */
function planBytes({ arriving, queueEntry, reports }: AcceptancePlan): number {
  const own = arriving.reduce((bytes, { content }) => bytes + content.length, queueEntry?.content.length ?? 0)
  return reports.reduce((bytes, report) => bytes + planBytes({ ...report, reports: [] }), own)
}

async function writeOrIsolate(parts: AcceptanceParts, plans: readonly AcceptancePlan[]): Promise<readonly Outcome[]> {
  try {
    return await writeAndTell(parts, plans)
  } catch (error) {
    if (plans.length === 1 || !mayBeFaultOfOne(error)) throw error
  }
  const outcomes: Outcome[] = []
  for (const plan of plans) {
    const [outcome] = await writeAndTell(parts, [plan]).catch((fault: unknown) => [{ fault }])
    outcomes.push(outcome ?? { fault: new Error('the message was not written') })
  }
  return outcomes
}

/**
 * SQLSTATE classes whose cause may be one message: 22 data exception, 23 integrity constraint, 40 deadlock, 54 a limit
 * of the server. When the database is away there is no such code, and nothing is tried one by one.
 */
function mayBeFaultOfOne(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|23|40|54)\w{3}$/.test(String(error.code))
}

async function writeAndTell(parts: AcceptanceParts, plans: readonly AcceptancePlan[]): Promise<readonly Outcome[]> {
  const isPlain = plans.every(isPlainPlan)
  const written = isPlain ? await writeCopies(parts.database, plans) : await writeCountedPlans(parts, plans)
  for (const folder of written.folders) parts.onStored(folder)
  if (written.hasQueued) parts.onQueued()
  for (const [{ count }, refusal] of written.refusals) {
    if (count) parts.onRefused({ mailboxId: count.owner.mailboxId, ...refusal })
  }
  return plans.map((plan) => outcomeOf(written.refusals.get(plan)))
}

function isPlainPlan({ count, queueEntry, reports, recipes }: AcceptancePlan): boolean {
  return !count && !queueEntry && reports.length === 0 && recipes === null
}

function outcomeOf(refusal: SendingRefusal | undefined): Outcome {
  return { fault: refusal === undefined ? null : new DeliveryRefused(refusal.reason, refusal.waitSeconds) }
}
