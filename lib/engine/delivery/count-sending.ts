/**
 * The sending limits of the policy, counted per mailbox and hour in the accepting transaction.
 *
 * Guarantees: the counters' rows are raised first and stay locked until the commit, so sessions that send at the same
 * time, in any process, cannot together get past a limit; a message that is not accepted is not counted. The day is
 * the last 24 hours by the database's clock. (Only when a mailbox's first message of an hour is still being committed
 * as the next hour begins may the daily sum miss that one message.)
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

type Refusals = ReadonlyMap<AcceptancePlan, ReasonId>

/**
 * Counts the plans that have an owner and asks the policy about each.
 * @returns those that are refused; they are not counted
 */
export async function countSending(
  transaction: Queryable,
  plans: readonly AcceptancePlan[],
  decide: (question: Question) => Verdict,
): Promise<Refusals> {
  const asked = sumByMailbox(plans)
  const refusals = new Map<AcceptancePlan, ReasonId>()
  if (asked.size === 0) return refusals
  const before = new Map<number, { sentThisHour: number; sentToday: number }>()
  for (const row of await raise(transaction, asked)) {
    const added = asked.get(row.mailbox_id) ?? 0
    before.set(row.mailbox_id, { sentThisHour: row.this_hour - added, sentToday: row.today - added })
  }
  for (const plan of plans) {
    const sent = plan.count && before.get(plan.count.mailboxId)
    if (!plan.count || !sent) continue
    const { recipients, listener } = plan.count
    const kind = listener === 'smtp' ? 'relayWindow' : 'authenticated'
    const verdict = decide({ stage: 'count', permission: { kind, addresses: [] }, recipients, ...sent })
    if (verdict.outcome === 'accept') {
      sent.sentThisHour += recipients
      sent.sentToday += recipients
    } else {
      refusals.set(plan, 'reason' in verdict ? verdict.reason : 'notDecided')
    }
  }
  if (refusals.size > 0) await takeBack(transaction, [...refusals.keys()])
  return refusals
}

async function takeBack(transaction: Queryable, plans: readonly AcceptancePlan[]): Promise<void> {
  const amounts = sumByMailbox(plans)
  for (const [mailboxId, recipients] of amounts) amounts.set(mailboxId, -recipients)
  await raise(transaction, amounts)
}

function raise(transaction: Queryable, amounts: ReadonlyMap<number, number>): Promise<RaisedRow[]> {
  return transaction.query<RaisedRow>(RAISE, [[...amounts.keys()], [...amounts.values()]])
}

function sumByMailbox(plans: readonly AcceptancePlan[]): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { count } of plans) {
    if (count) sums.set(count.mailboxId, (sums.get(count.mailboxId) ?? 0) + count.recipients)
  }
  return sums
}
