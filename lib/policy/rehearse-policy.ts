/** The last 24 hours under a draft: counts by stage, and the mailboxes and programs whose answers would have changed. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { ReasonId } from './reasons.ts'
import {
  type Change,
  countingHours,
  type RecordedEvent,
  type RehearsedStage,
  rehearse,
  rehearsedStages,
} from './rehearse.ts'
import type { PolicyDocument } from './schema.ts'

export type RehearsedMailbox = {
  /** null: somebody whom no mailbox is known of */
  readonly address: string | null
  readonly clients: readonly string[]
  readonly refused: number
  readonly admitted: number
}

export type RehearsalView = {
  readonly stages: readonly {
    readonly stage: RehearsedStage
    readonly asked: number
    readonly refused: number
    readonly admitted: number
  }[]
  readonly reasons: readonly { readonly reason: ReasonId; readonly refused: number; readonly admitted: number }[]
  readonly mailboxes: readonly RehearsedMailbox[]
  readonly notAsked: readonly { readonly reason: string; readonly count: number }[]
  /** there were more events than are looked at */
  readonly isCut: boolean
}

const DAY_MS = 86_400_000
const MAX_EVENTS = 200_000
const MAX_MAILBOXES = 50

/** @throws AppError forbidden */
export async function rehearsePolicy(actor: Actor, document: PolicyDocument, now = new Date()): Promise<RehearsalView> {
  requirePermission(actor, 'policy.read')
  const since = new Date(now.getTime() - DAY_MS)
  const events = await eventsFrom(new Date(since.getTime() - countingHours * 3_600_000))
  const { asked, changes, notAsked } = rehearse(events, document, since)
  return {
    stages: rehearsedStages.map((stage) => ({
      stage,
      asked: asked[stage],
      ...sidesOf(changes.filter((change) => change.stage === stage)),
    })),
    reasons: [...Map.groupBy(changes, ({ reason }) => reason)].map(([reason, group]) => ({
      reason,
      ...sidesOf(group),
    })),
    mailboxes: await mailboxesOf(changes),
    notAsked: [...notAsked].map(([reason, count]) => ({ reason, count })),
    isCut: events.length === MAX_EVENTS,
  }
}

/** The newest ones, oldest first. */
async function eventsFrom(from: Date): Promise<RecordedEvent[]> {
  const rows = await prisma().protocolEvent.findMany({
    where: { at: { gte: from }, mishap: null },
    select: {
      at: true,
      sessionId: true,
      kind: true,
      listener: true,
      address: true,
      tlsVersion: true,
      mailboxId: true,
      credentialId: true,
      mechanism: true,
      reason: true,
      sizeBytes: true,
      recipients: true,
    },
    orderBy: { at: 'desc' },
    take: MAX_EVENTS,
  })
  return rows.reverse()
}

function sidesOf(changes: readonly Change[]) {
  const refused = changes.filter(({ after }) => after === 'refuse').length
  return { refused, admitted: changes.length - refused }
}

async function mailboxesOf(changes: readonly Change[]): Promise<RehearsedMailbox[]> {
  const groups = [...Map.groupBy(changes, ({ event }) => event.mailboxId)]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, MAX_MAILBOXES)
  const ids = groups.flatMap(([id]) => id ?? [])
  const credentialIds = new Set(changes.flatMap(({ event }) => event.credentialId ?? []))
  const [mailboxes, credentials] = await Promise.all([
    prisma().mailbox.findMany({ where: { id: { in: ids } }, select: { id: true, address: true } }),
    prisma().credential.findMany({ where: { id: { in: [...credentialIds] } }, select: { id: true, clientId: true } }),
  ])
  const addressOf = new Map(mailboxes.map(({ id, address }) => [id, address]))
  const clientOf = new Map(credentials.map(({ id, clientId }) => [id, clientId]))
  return groups.map(([id, group]) => {
    const clients = new Set(group.flatMap(({ event }) => clientOf.get(event.credentialId ?? '') ?? []))
    return { address: addressOf.get(id ?? 0) ?? null, clients: [...clients], ...sidesOf(group) }
  })
}
