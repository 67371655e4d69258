/**
 * What the engine saw lately of the person who looks, diagnosed.
 *
 * Guarantees: an attempt is shown to the owner of the mailbox that it was for, to the browser whose code was typed, and
 * (where no mailbox and no other code is involved) to a reader at exactly the same address; to nobody else. A view has
 * no password, no correspondent and no name but the reader's own.
 */
import type { Actor } from '#lib/accounts/index.ts'
import { eventKinds } from '#lib/activity/event-view.ts'
import { type ProtocolEventModel, prisma } from '#lib/db/prisma.ts'
import { isMishap } from '#lib/mail/mishap.ts'
import { isReasonId } from '#lib/policy/reasons.ts'
import { type ListenerName, listenerNames } from '#lib/policy/schema.ts'
import type { Attempt, AttemptEvent } from './attempt.ts'
import { findCheckCode } from './check-codes.ts'
import { diagnose } from './diagnose.ts'
import { type DiagnosisId, diagnoses, type Field, type Tone } from './diagnoses.ts'
import type { DoctorFacts } from './facts.ts'
import { loadDoctorFacts } from './load-facts.ts'
import { type Step, stepsOf } from './steps.ts'

export type Watcher = {
  readonly actor: Actor | null
  /** where the reader's own request came from */
  readonly address: string
  /** a visitor's code */
  readonly code: string | null
}

export type AttemptView = {
  readonly id: string
  readonly at: string
  readonly listener: ListenerName
  readonly address: string
  /** why the reader may see it */
  readonly seenBy: 'account' | 'code' | 'address'
  readonly steps: readonly Step[]
  readonly diagnosis: {
    readonly id: DiagnosisId
    readonly tone: Tone
    readonly field: Field | null
    readonly guide: string | null
    /** the reader's own mailbox, where the diagnosis is about it */
    readonly ownAddress: string | null
    readonly endedAt: string | null
    readonly clientId: string | null
  }
}

const LOOK_BACK_MS = 900_000
const MOST_SESSIONS = 20

export async function watchAttempts(watcher: Watcher): Promise<AttemptView[]> {
  const check = watcher.code === null ? null : await findCheckCode(watcher.code)
  const isSubscriber = watcher.actor?.role === 'SUBSCRIBER'
  if (!isSubscriber && check === null) return []
  const since = new Date(Date.now() - LOOK_BACK_MS)
  const facts = await loadDoctorFacts(watcher.actor, since)
  const rows = await sessionsOf(facts, watcher.address, check?.hash ?? null, since)
  return groupBySession(rows)
    .flatMap((session) => attemptView(session, facts, check?.hash ?? null, isSubscriber) ?? [])
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, MOST_SESSIONS)
}

/** All events of the sessions of which one belongs to the reader in one of the three ways. */
async function sessionsOf(
  { mailboxes }: DoctorFacts,
  address: string,
  hash: Uint8Array<ArrayBuffer> | null,
  since: Date,
): Promise<ProtocolEventModel[]> {
  const ways = [
    { mailboxId: { in: mailboxes.map(({ id }) => id) } },
    { mailboxId: null, address },
    ...(hash === null ? [] : [{ checkHash: hash }]),
  ]
  const found = await Promise.all(
    ways.map((where) =>
      prisma().protocolEvent.findMany({
        where: { ...where, kind: { not: 'recipe' }, at: { gt: since } },
        orderBy: { at: 'desc' },
        take: MOST_SESSIONS * 4,
        select: { sessionId: true },
      }),
    ),
  )
  const sessionIds = [...new Set(found.flat().map(({ sessionId }) => sessionId))]
  return prisma().protocolEvent.findMany({ where: { sessionId: { in: sessionIds } }, orderBy: { id: 'asc' } })
}

function groupBySession(rows: readonly ProtocolEventModel[]): ProtocolEventModel[][] {
  return [...Map.groupBy(rows, ({ sessionId }) => sessionId).values()]
}

function attemptView(
  rows: readonly ProtocolEventModel[],
  facts: DoctorFacts,
  hash: Uint8Array | null,
  isSubscriber: boolean,
): AttemptView | null {
  const [first] = rows
  const seenBy = reasonToSee(rows, facts, hash, isSubscriber)
  if (first === undefined || seenBy === null) return null
  const attempt: Attempt = { sessionId: first.sessionId, address: first.address, events: rows.flatMap(eventOf) }
  const { id, tone, mailbox, endedAt } = diagnose(attempt, facts)
  const { field, guide } = diagnoses[id]
  return {
    id: attempt.sessionId,
    at: (rows.at(-1) ?? first).at.toISOString(),
    listener: attempt.events[0]?.listener ?? 'mx',
    address: attempt.address,
    seenBy,
    steps: stepsOf(attempt),
    diagnosis: {
      id,
      tone,
      field,
      guide,
      ownAddress: mailbox?.address ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      clientId: mailbox?.clientId ?? null,
    },
  }
}

/** @returns null when the session is somebody else's */
function reasonToSee(
  rows: readonly ProtocolEventModel[],
  { mailboxes }: DoctorFacts,
  hash: Uint8Array | null,
  isSubscriber: boolean,
): AttemptView['seenBy'] | null {
  const involved = rows.flatMap(({ mailboxId }) => mailboxId ?? [])
  if (involved.some((id) => mailboxes.every((mailbox) => mailbox.id !== id))) return null
  if (involved.length > 0) return 'account'
  const codes = rows.flatMap(({ checkHash }) => checkHash ?? [])
  if (codes.length > 0) return codes.every((one) => hash !== null && Buffer.compare(one, hash) === 0) ? 'code' : null
  // Whoever tried a name that is nobody's may be a neighbour; a visitor has no name here to compare it with.
  return isSubscriber || rows.every(({ loginName }) => !loginName) ? 'address' : null
}

function eventOf(row: ProtocolEventModel): AttemptEvent[] {
  const kind = eventKinds.find((known) => known === row.kind)
  const listener = listenerNames.find((known) => known === row.listener)
  if (kind === undefined || kind === 'recipe' || listener === undefined) return []
  const { at, tlsVersion, serverName, mailboxId, credentialId, mechanism, replyCode, transcript } = row
  return [
    {
      kind,
      at,
      listener,
      tlsVersion,
      serverName,
      mailboxId,
      credentialId,
      loginName: row.loginName ?? '',
      mechanism,
      replyCode,
      reason: row.reason !== null && isReasonId(row.reason) ? row.reason : null,
      mishap: row.mishap !== null && isMishap(row.mishap) ? row.mishap : null,
      isCheck: row.checkHash !== null,
      transcript,
    },
  ]
}
