/**
 * The sending limits of the policy, counted per mailbox and hour in the accepting transaction: for the whole mailbox,
 * and apart for each of its credentials, for each RelayWindow and for what comes from abroad.
 *
 * Guarantees: the counters' rows are raised first and stay locked until the commit, so sessions that send at the same
 * time, in any process, cannot together get past a limit. The day is the last 24 hours by the database's clock. (Only
 * when a mailbox's first message of an hour is still being committed as the next hour begins may the daily sum miss
 * that one message.)
 */
import type { Queryable } from '#lib/db/database.ts'
import { type Question, refusalIn, type Verdict } from '#lib/policy/decide.ts'
import type { RuledMailbox } from '#lib/policy/in-force.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { SendingFacts, Tally } from '#lib/policy/sending-limits.ts'
import { type Correspondent, type MetCorrespondents, meetCorrespondents, nameOf } from './correspondents.ts'
import type { AcceptancePlan } from './plan-acceptance.ts'
import type { SendingCount } from './sending-count.ts'

// A mailbox's own row comes first, so its lock is the one that everybody else waits for.
const RAISE = {
  name: 'delivery-raise-counters',
  text: `
WITH raised AS (
  INSERT INTO sending_counters AS c (mailbox_id, subject, hour, recipients, messages)
  SELECT a.mailbox_id, a.subject, date_trunc('hour', now()), a.recipients, a.messages
  FROM unnest($1::int4[], $2::text[], $3::int4[], $4::int4[]) AS a(mailbox_id, subject, recipients, messages)
  ORDER BY a.mailbox_id, a.subject
  ON CONFLICT (mailbox_id, subject, hour)
  DO UPDATE SET recipients = c.recipients + excluded.recipients, messages = c.messages + excluded.messages
  RETURNING mailbox_id, subject, recipients, messages
)
SELECT r.mailbox_id, r.subject, r.recipients, r.messages,
  ceil(extract(epoch FROM date_trunc('hour', now()) + interval '1 hour' - now()))::int4 AS hour_ends_in,
  EXISTS (SELECT FROM mailboxes m WHERE m.id = r.mailbox_id AND m.sending_held_at IS NOT NULL) AS is_held,
  ARRAY(
    SELECT ARRAY[c.recipients, ceil(extract(epoch FROM c.hour + interval '24 hours' - now()))::int4, c.messages]
    FROM sending_counters c
    WHERE c.mailbox_id = r.mailbox_id AND c.subject = r.subject
      AND c.hour < date_trunc('hour', now()) AND c.hour > now() - interval '24 hours'
  ) AS earlier
FROM raised r`,
}

type RaisedRow = {
  mailbox_id: number
  subject: string
  recipients: number
  messages: number
  hour_ends_in: number
  is_held: boolean
  earlier: [recipients: number, leavesInSeconds: number, messages: number][]
}

const WHOLE = ''
const ABROAD = 'abroad'
const HOUR_OF_DAY_SECONDS = 23 * 3_600

/** What a message counts against; the whole mailbox always. */
function subjectsOf({ owner }: SendingCount): readonly string[] {
  const subjects = [WHOLE]
  if (owner.credentialId !== undefined) subjects.push(`credential:${owner.credentialId}`)
  if (owner.windowId !== undefined) subjects.push(`window:${owner.windowId}`)
  if (owner.isFromAbroad === true) subjects.push(ABROAD)
  return subjects
}

/** What was sent before this transaction, and by the plans of this transaction that were looked at so far. */
export type Sent = {
  readonly counters: ReadonlyMap<string, Counter>
  readonly met: MetCorrespondents
}

type Counter = {
  readonly earlier: RaisedRow['earlier']
  readonly hourEndsInSeconds: number
  readonly isHeld: boolean
  recipientsThisHour: number
  messagesThisHour: number
}

const counterName = (mailboxId: number, subject: string) => `${mailboxId} ${subject}`

/** Adds the plans' recipients to the counters of their owners. */
export async function raiseCounters(transaction: Queryable, plans: readonly AcceptancePlan[]): Promise<Sent> {
  const counts = plans.flatMap(({ count }) => count ?? [])
  const added = sumBySubject(counts)
  if (added.length === 0) return { counters: new Map(), met: await meetCorrespondents(transaction, []) }
  // Both are sent at once; the server runs the second when the first has its locks.
  const [rows, met] = await Promise.all([
    transaction.query<RaisedRow>(RAISE, [
      added.map(({ mailboxId }) => mailboxId),
      added.map(({ subject }) => subject),
      added.map(({ recipients }) => recipients),
      added.map(({ messages }) => messages),
    ]),
    meetCorrespondents(
      transaction,
      counts.flatMap(({ correspondents }) => correspondents),
    ),
  ])
  const own = new Map(added.map((sum) => [counterName(sum.mailboxId, sum.subject), sum]))
  const counters = rows.map((row): [string, Counter] => {
    const name = counterName(row.mailbox_id, row.subject)
    const counter = {
      earlier: row.earlier,
      hourEndsInSeconds: row.hour_ends_in,
      isHeld: row.is_held,
      recipientsThisHour: row.recipients - (own.get(name)?.recipients ?? 0),
      messagesThisHour: row.messages - (own.get(name)?.messages ?? 0),
    }
    return [name, counter]
  })
  return { counters: new Map(counters), met }
}

type Sum = { readonly mailboxId: number; readonly subject: string; recipients: number; messages: number }

function sumBySubject(counts: readonly SendingCount[]): readonly Sum[] {
  const sums = new Map<string, Sum>()
  for (const count of counts) {
    const { mailboxId } = count.owner
    for (const subject of subjectsOf(count)) {
      const name = counterName(mailboxId, subject)
      const sum = sums.get(name) ?? { mailboxId, subject, recipients: 0, messages: 0 }
      sum.recipients += count.recipients
      sum.messages += 1
      sums.set(name, sum)
    }
  }
  return [...sums.values()]
}

export type DecideFor = (question: Question, mailbox: RuledMailbox) => Verdict

export type SendingRefusal = { readonly reason: ReasonId; readonly waitSeconds: number | null }

/**
 * Asks the policy about each plan that has an owner, in order.
 * @returns the plans that would go beyond a limit
 */
export function refuseBeyondLimits(
  plans: readonly AcceptancePlan[],
  sent: Sent,
  decide: DecideFor,
): ReadonlyMap<AcceptancePlan, SendingRefusal> {
  const refusals = new Map<AcceptancePlan, SendingRefusal>()
  const metMeanwhile = new Map<number, Set<string>>()
  for (const plan of plans) {
    const { count } = plan
    if (!count) continue
    const { mailboxId, addresses = [] } = count.owner
    const meanwhile = metMeanwhile.get(mailboxId) ?? new Set()
    metMeanwhile.set(mailboxId, meanwhile)
    const kind = count.owner.windowId === undefined ? 'authenticated' : 'relayWindow'
    const facts = factsOf(count, sent, meanwhile)
    const question: Question = { stage: 'count', permission: { kind, addresses: [] }, ...facts }
    const refusal = refusalIn(decide(question, { mailboxId, addresses }))
    if (refusal === null) addMeanwhile(count, sent, meanwhile)
    else refusals.set(plan, { reason: refusal.reason, waitSeconds: refusal.waitSeconds ?? null })
  }
  return refusals
}

function factsOf(count: SendingCount, { counters, met }: Sent, meanwhile: ReadonlySet<string>): SendingFacts {
  const { owner, recipients, correspondents } = count
  const { mailboxId, credentialId, windowId } = owner
  const counterOf = (subject: string) => counters.get(counterName(mailboxId, subject))
  const whole = counterOf(WHOLE)
  const window = counterOf(`window:${windowId}`)
  const isNew = (correspondent: Correspondent) =>
    met.isNew(correspondent) && !meanwhile.has(nameOf(mailboxId, correspondent.digest))
  return {
    recipients,
    newCorrespondents: correspondents.filter(isNew).length,
    isFromAbroad: owner.isFromAbroad === true,
    isHeld: whole?.isHeld === true,
    sent: {
      thisHour: whole ? [{ amount: whole.recipientsThisHour, leavesInSeconds: whole.hourEndsInSeconds }] : [],
      today: dayOf(whole),
      todayByCredential: dayOf(counterOf(`credential:${credentialId}`)),
      todayFromAbroad: dayOf(counterOf(ABROAD)),
      newToday: [...met.newToday(mailboxId), ...[...meanwhile].map(() => ({ amount: 1, leavesInSeconds: 86_400 }))],
      inWindow: { recipients: sumOf(dayOf(window)), messages: messagesOf(window) },
    },
  }
}

function dayOf(counter: Counter | undefined): Tally {
  if (counter === undefined) return []
  const leavesInSeconds = counter.hourEndsInSeconds + HOUR_OF_DAY_SECONDS
  return [
    ...counter.earlier.map(([amount, leaves]) => ({ amount, leavesInSeconds: leaves })),
    { amount: counter.recipientsThisHour, leavesInSeconds },
  ]
}

function messagesOf(counter: Counter | undefined): number {
  return counter ? counter.earlier.reduce((sum, [, , messages]) => sum + messages, counter.messagesThisHour) : 0
}

function sumOf(tally: Tally): number {
  return tally.reduce((sum, { amount }) => sum + amount, 0)
}

function addMeanwhile(count: SendingCount, { counters, met }: Sent, meanwhile: Set<string>): void {
  const { mailboxId } = count.owner
  for (const subject of subjectsOf(count)) {
    const counter = counters.get(counterName(mailboxId, subject))
    if (counter === undefined) continue
    counter.recipientsThisHour += count.recipients
    counter.messagesThisHour += 1
  }
  for (const correspondent of count.correspondents) {
    if (met.isNew(correspondent)) meanwhile.add(nameOf(mailboxId, correspondent.digest))
  }
}
