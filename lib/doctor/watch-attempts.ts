/**
 * What the engine saw lately of the person who looks, diagnosed.
 *
 * Guarantees: an attempt is shown to the owner of the mailbox that it was for, to the browser whose code was typed, and
 * (where no mailbox and no other code is involved) to a reader at exactly the same address; to nobody else. A view has
 * no password, no correspondent and no name but the reader's own.
 */
import { type Actor, listMailboxes } from '#lib/accounts/index.ts'
import { type ProtocolEventModel, prisma } from '#lib/db/prisma.ts'
import { PROBE_NAME } from '#lib/mail/probe-name.ts'
import { findCheckCode } from './check-codes.ts'
import type { DoctorFacts } from './facts.ts'
import { loadDoctorFacts } from './load-facts.ts'
import { attemptOf, type DiagnosedSession, diagnosedSession, type Session, sessionsOf } from './sessions.ts'
import { type Step, stepsOf } from './steps.ts'

export type Watcher = {
  readonly actor: Actor | null
  /** where the reader's own request came from */
  readonly address: string
  /** a visitor's code */
  readonly code: string | null
}

export type AttemptView = DiagnosedSession & {
  /** why the reader may see it */
  readonly seenBy: 'account' | 'code' | 'address'
  readonly steps: readonly Step[]
}

const LOOK_BACK_MS = 900_000
const MOST_SESSIONS = 20

export async function watchAttempts(watcher: Watcher): Promise<AttemptView[]> {
  const check = watcher.code === null ? null : await findCheckCode(watcher.code)
  const isSubscriber = watcher.actor?.role === 'SUBSCRIBER'
  if (!isSubscriber && check === null) return []
  const since = new Date(Date.now() - LOOK_BACK_MS)
  const mailboxes = watcher.actor?.role === 'SUBSCRIBER' ? await listMailboxes(watcher.actor) : []
  const facts = await loadDoctorFacts(mailboxes, since)
  const rows = await eventsSeenBy(facts, watcher.address, check?.hash ?? null, since)
  return sessionsOf(rows)
    .flatMap((session) => watchedAttempt(session, facts, check?.hash ?? null, isSubscriber) ?? [])
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, MOST_SESSIONS)
}

/** All events of the sessions of which one belongs to the reader in one of the three ways. */
async function eventsSeenBy(
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

function watchedAttempt(
  rows: Session,
  facts: DoctorFacts,
  hash: Uint8Array | null,
  isSubscriber: boolean,
): AttemptView | null {
  const seenBy = reasonToSee(rows, facts, hash, isSubscriber)
  return seenBy === null ? null : { ...diagnosedSession(rows, facts), seenBy, steps: stepsOf(attemptOf(rows)) }
}

/** @returns null when the session is somebody else's */
function reasonToSee(
  rows: Session,
  { mailboxes }: DoctorFacts,
  hash: Uint8Array | null,
  isSubscriber: boolean,
): AttemptView['seenBy'] | null {
  if (isProbe(rows)) return null
  const involved = rows.flatMap(({ mailboxId }) => mailboxId ?? [])
  if (involved.some((id) => mailboxes.every((mailbox) => mailbox.id !== id))) return null
  if (involved.length > 0) return 'account'
  const codes = rows.flatMap(({ checkHash }) => checkHash ?? [])
  if (codes.length > 0) return codes.every((one) => hash !== null && Buffer.compare(one, hash) === 0) ? 'code' : null
  // Whoever tried a name that is nobody's may be a neighbour; a visitor has no name here to compare it with.
  return isSubscriber || rows.every(({ loginName }) => !loginName) ? 'address' : null
}

/** On the machine that mail is tried from, our own probes look like its reader's. */
function isProbe(rows: Session): boolean {
  return rows.some(({ transcript }) => transcript.includes(`C: EHLO ${PROBE_NAME}`))
}
