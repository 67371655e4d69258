/**
 * Ends an attempt: states, trace and reports in one transaction, so that no report is lost and none is sent twice.
 *
 * Guarantees: a failure is reported exactly once to a sender who can be reported to (RFC 3461 §6.2): never to the null
 * sender, never to one whom SPF did not confirm (RFC 5321 §6.1, backscatter), never against NOTIFY=NEVER; a delay once. A recipient whose end another process has recorded meanwhile
 * (a lease that ran out) is left alone.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import type { RelayRules } from '#lib/policy/relay-rules.ts'
import type { Claim, ClaimedRecipient } from '../queue/claim.ts'
import { type RecordedOutcome, recordOutcomes } from '../queue/record-outcomes.ts'
import { secondsUntilNextAttempt } from '../queue/schedule.ts'
import type { DsnAction, ReportedRecipient } from './dsn/compose-dsn.ts'
import { makeReport, type ReportingSite } from './dsn/report.ts'
import { planAcceptance } from './plan-acceptance.ts'
import type { Attempt } from './relay/attempt-delivery.ts'
import type { ResolveRecipient } from './resolve-recipient.ts'
import { type Written, writeUncounted } from './write-plans.ts'

export type SettlementParts = {
  readonly database: Database
  readonly rules: () => RelayRules
  readonly reporting: ReportingSite
  readonly resolveRecipient: ResolveRecipient
  readonly now: () => Date
  /** after the commit: recipients of this message do not exist, or refuse it */
  readonly onBounced: (messageId: number) => void
}

type Settled = {
  readonly recipient: ClaimedRecipient
  readonly attempt: Attempt
  readonly outcome: RecordedOutcome
  readonly action: DsnAction | null
}

/** @param attempts one for each recipient of the claim */
export async function settleClaim(
  parts: SettlementParts,
  claim: Claim,
  content: Buffer,
  attempts: readonly Attempt[],
): Promise<Written> {
  const settled = claim.recipients.flatMap((recipient, index) => {
    const attempt = attempts[index]
    return attempt ? [settle(parts, claim, recipient, attempt)] : []
  })
  const written = await parts.database.transaction(async (transaction) => {
    const changed = await recordOutcomes(
      transaction,
      claim.messageId,
      settled.map(({ outcome }) => outcome),
    )
    const reported = settled.filter(({ recipient, action }) => action !== null && changed.has(recipient.id))
    return writeReports(parts, transaction, claim, content, reported)
  })
  if (attempts.some(({ verdict }) => verdict === 'failed')) parts.onBounced(claim.messageId)
  return written
}

function settle(parts: SettlementParts, claim: Claim, recipient: ClaimedRecipient, attempt: Attempt): Settled {
  const now = parts.now()
  const isExpired = attempt.verdict === 'deferred' && now >= claim.expiresAt
  const verdict = isExpired ? 'failed' : attempt.verdict
  const waitedSeconds = (now.getTime() - claim.queuedAt.getTime()) / 1_000
  const isLate = recipient.delayReportedAt === null && waitedSeconds >= parts.rules().delayReportAfterSeconds
  const action = actionFor(verdict, claim, recipient, attempt, isLate)
  const { remoteHost, tlsVersion, replyCode, enhancedStatus, replyText } = attempt
  const outcome: RecordedOutcome = {
    recipientId: recipient.id,
    state: ({ delivered: 'DELIVERED', failed: 'FAILED', deferred: 'WAITING' } as const)[verdict],
    secondsUntilNextAttempt: secondsUntilNextAttempt(recipient.attemptCount + 1, parts.rules(), Math.random()),
    isDelayReported: action === 'delayed',
    remoteHost,
    tlsVersion,
    replyCode,
    enhancedStatus: isExpired ? '4.4.7' : enhancedStatus,
    replyText,
  }
  return { recipient, attempt, outcome, action }
}

/** RFC 3461 §4.1, §5.2: without NOTIFY a sender hears of failures and delays. */
function actionFor(
  verdict: Attempt['verdict'],
  claim: Claim,
  { notify }: ClaimedRecipient,
  attempt: Attempt,
  isLate: boolean,
): DsnAction | null {
  if (claim.sender === '' || !claim.isSenderConfirmed) return null
  const wants = (wish: string) => notify.includes(wish) || (notify.length === 0 && wish !== 'success')
  if (verdict === 'failed') return wants('failure') ? 'failed' : null
  if (verdict === 'deferred') return isLate && wants('delay') ? 'delayed' : null
  return wants('success') && !attempt.isReportHandedOver ? 'relayed' : null
}

async function writeReports(
  parts: SettlementParts,
  transaction: Queryable,
  claim: Claim,
  content: Buffer,
  settled: readonly Settled[],
): Promise<Written> {
  const { reporting, resolveRecipient, rules, now } = parts
  const groups = Map.groupBy(settled, ({ action }) => action)
  const reports = await Promise.all(
    [...groups.values()].map((group) =>
      makeReport(
        {
          ...reporting,
          recipient: claim.sender,
          recipients: group.flatMap(toReported),
          original: content,
          returnFull: claim.returnFull,
          envelopeId: claim.envelopeId,
          arrivedAt: claim.queuedAt,
          now: now(),
          willRetryUntil: claim.expiresAt,
        },
        resolveRecipient,
      ),
    ),
  )
  const plans = reports.flatMap((report) => (report ? [planAcceptance(report, now())] : []))
  return writeUncounted(transaction, plans, rules().lifetimeSeconds)
}

function toReported({ recipient, attempt, outcome, action }: Settled): ReportedRecipient[] {
  if (action === null) return []
  const { replyCode, replyText, remoteHost } = attempt
  const reply = replyCode === null ? replyText : `${replyCode} ${replyText}`
  return [
    {
      address: recipient.address,
      originalRecipient: recipient.originalRecipient,
      action,
      status: outcome.enhancedStatus ?? (action === 'failed' ? '5.0.0' : '2.0.0'),
      remoteHost,
      reply: reply === '' ? null : reply,
    },
  ]
}
