/** The operator's view of what is kept, for how long, and whether its removal runs. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { currentPolicy, type PolicyDocument } from '#lib/policy/index.ts'
import {
  keepApiAnswersDays,
  keepApprovalsDays,
  keepEventsDays,
  keepProbesDays,
  keepSendingCountersDays,
  keepSightingsDays,
  keepTraceDays,
  keepUsageSamplesDays,
  keepWebhooksDays,
  type RetentionKind,
  retentionKinds,
} from './retention-kinds.ts'

export type RetentionView = {
  readonly kind: RetentionKind
  /** null: for as long as each recipe says; 0: nothing is removed */
  readonly days: number | null
  /** the policy decides, not the product */
  readonly isByPolicy: boolean
  readonly lastRunAt: Date | null
  readonly removed: number
}

const daysOf: Readonly<Record<RetentionKind, number | null | ((policy: PolicyDocument) => number)>> = {
  events: keepEventsDays,
  queueTrace: keepTraceDays,
  tlsResults: keepTraceDays,
  loginFailures: 1,
  correspondents: ({ abuse }) => abuse.keepCorrespondentsDays,
  sendingCounters: keepSendingCountersDays,
  sendingTrips: ({ abuse }) => abuse.tripDays,
  addressUses: 1,
  greylist: ({ strangers }) => strangers.greylistDays,
  unknownRecipients: 1,
  recipeMarks: null,
  probes: keepProbesDays,
  webhooks: keepWebhooksDays,
  clientSightings: keepSightingsDays,
  apiAnswers: keepApiAnswersDays,
  usageSamples: keepUsageSamplesDays,
  releasedAddresses: ({ ownAddresses }) => ownAddresses.quarantineDays,
  approvals: keepApprovalsDays,
  trash: ({ retention }) => retention.trashDays,
  junk: ({ retention }) => retention.junkDays,
}

/** @throws AppError forbidden */
export async function listRetention(actor: Actor): Promise<RetentionView[]> {
  requirePermission(actor, 'audit.read')
  const [{ document }, runs] = await Promise.all([currentPolicy(), prisma().retentionRun.findMany()])
  const runOf = new Map(runs.map((run) => [run.kind, run]))
  return retentionKinds.map((kind) => {
    const days = daysOf[kind]
    const run = runOf.get(kind)
    const isByPolicy = typeof days === 'function'
    const lastRunAt = run?.at ?? null
    return { kind, days: isByPolicy ? days(document) : days, isByPolicy, lastRunAt, removed: Number(run?.removed ?? 0) }
  })
}
