/**
 * The sending limits of the policy, counted per mailbox and hour in the accepting transaction.
 *
 * Guarantees: the counters' rows are raised first and stay locked until the commit, so sessions that send at the same
 * time, in any process, cannot together get past a limit. The day is the last 24 hours by the database's clock. (Only
 * when a mailbox's first message of an hour is still being committed as the next hour begins may the daily sum miss
 * that one message.)
 */
import type { Queryable } from '#lib/db/database.ts'
import type { Question, Verdict } from '#lib/policy/decide.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { AcceptancePlan } from './plan-acceptance.ts'

const RAISE = {
  name: 'delivery-raise-counters',
  text: `
WITH raised AS (
  INSERT INTO sending_counters AS c (mailbox_id, hour, recipients)
  SELECT a.mailbox_id, date_trunc('hour', now()), a.recipients
  FROM unnest($1::int4[], $2::int4[]) AS a(mailbox_id, recipients) ORDER BY a.mailbox_id
  ON CONFLICT (mailbox_id, hour) DO UPDATE SET recipients = c.recipients + excluded.recipients
  RETURNING mailbox_id, recipients
)
SELECT mailbox_id, recipients::int8 AS this_hour, recipients + coalesce((
  SELECT sum(c.recipients) FROM sending_counters c
  WHERE c.mailbox_id = raised.mailbox_id AND c.hour < date_trunc('hour', now()) AND c.hour > now() - interval '24 hours'
), 0)::int8 AS today
FROM raised`,
}

type RaisedRow = { mailbox_id: number; this_hour: number; today: number }

/** How many recipients a mailbox had before this transaction. */
export type SentBefore = ReadonlyMap<number, { readonly sentThisHour: number; readonly sentToday: number }>

/** Adds the plans' recipients to the counters of their owners. */
export async function raiseCounters(transaction: Queryable, plans: readonly AcceptancePlan[]): Promise<SentBefore> {
  const added = new Map<number, number>()
  for (const { count } of plans) {
    if (count) added.set(count.mailboxId, (added.get(count.mailboxId) ?? 0) + count.recipients)
  }
  if (added.size === 0) return new Map()
  const rows = await transaction.query<RaisedRow>(RAISE, [[...added.keys()], [...added.values()]])
  return new Map(
    rows.map(({ mailbox_id, this_hour, today }) => {
      const own = added.get(mailbox_id) ?? 0
      return [mailbox_id, { sentThisHour: this_hour - own, sentToday: today - own }]
    }),
  )
}

/**
 * Asks the policy about each plan that has an owner, in order.
 * @returns the plans that would go beyond a limit
 */
export function refuseBeyondLimits(
  plans: readonly AcceptancePlan[],
  before: SentBefore,
  decide: (question: Question) => Verdict,
): ReadonlyMap<AcceptancePlan, ReasonId> {
  const refusals = new Map<AcceptancePlan, ReasonId>()
  const accepted = new Map<number, number>()
  for (const plan of plans) {
    const sent = plan.count && before.get(plan.count.mailboxId)
    if (!plan.count || !sent) continue
    const { mailboxId, recipients, listener } = plan.count
    const meanwhile = accepted.get(mailboxId) ?? 0
    const verdict = decide({
      stage: 'count',
      permission: { kind: listener === 'smtp' ? 'relayWindow' : 'authenticated', addresses: [] },
      recipients,
      sentThisHour: sent.sentThisHour + meanwhile,
      sentToday: sent.sentToday + meanwhile,
    })
    if (verdict.outcome === 'accept') accepted.set(mailboxId, meanwhile + recipients)
    else refusals.set(plan, 'reason' in verdict ? verdict.reason : 'notDecided')
  }
  return refusals
}
