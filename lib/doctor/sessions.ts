/** The engine's events, session by session, with what is wrong in each. */
import { eventKinds } from '#lib/activity/event-view.ts'
import type { ProtocolEventModel } from '#lib/db/prisma.ts'
import { isMishap } from '#lib/mail/mishap.ts'
import { isReasonId } from '#lib/policy/reasons.ts'
import { type ListenerName, listenerNames } from '#lib/policy/schema.ts'
import type { Attempt, AttemptEvent } from './attempt.ts'
import { diagnose } from './diagnose.ts'
import { type DiagnosisId, diagnoses, type Field, type Tone } from './diagnoses.ts'
import type { DoctorFacts } from './facts.ts'

/** The events of one connection, oldest first. */
export type Session = readonly [ProtocolEventModel, ...ProtocolEventModel[]]

export type DiagnosedSession = {
  readonly id: string
  /** of its newest event */
  readonly at: string
  readonly listener: ListenerName
  readonly address: string
  readonly diagnosis: {
    readonly id: DiagnosisId
    readonly tone: Tone
    readonly field: Field | null
    readonly guide: string | null
    /** the mailbox that the diagnosis is about, where its owner or an agent looks */
    readonly ownAddress: string | null
    readonly endedAt: string | null
    readonly clientId: string | null
  }
}

export function sessionsOf(rows: readonly ProtocolEventModel[]): Session[] {
  return [...Map.groupBy(rows, ({ sessionId }) => sessionId).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  )
}

export function diagnosedSession(session: Session, facts: DoctorFacts): DiagnosedSession {
  const attempt = attemptOf(session)
  const { id, tone, mailbox, endedAt } = diagnose(attempt, facts)
  const { field, guide } = diagnoses[id]
  return {
    id: attempt.sessionId,
    at: (session.at(-1) ?? session[0]).at.toISOString(),
    listener: attempt.events[0]?.listener ?? 'mx',
    address: attempt.address,
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

export function attemptOf(session: Session): Attempt {
  const [{ sessionId, address }] = session
  return { sessionId, address, events: session.flatMap(eventOf) }
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
