/**
 * "What would have happened?": what the engine recorded, asked once more of the same decide() under another policy.
 *
 * Pure. Only stages whose facts are on record are asked: the door, the login's method, the size and the recipients of an
 * accepted message, its place in the counts of its mailbox, the opening of a RelayWindow. What is not on record is taken
 * at its most harmless (nobody new among the recipients, nobody else at the address), and what was refused for such a
 * fact stays refused: it is counted as not asked again.
 */
import { isFromAbroad } from './abuse-rules.ts'
import { decide, type Permission, type Question, type Verdict } from './decide.ts'
import { policyMechanism } from './mechanism-names.ts'
import { isReasonId, type ReasonId } from './reasons.ts'
import { type ListenerName, listenerNames, type PolicyDocument } from './schema.ts'
import type { Tally } from './sending-limits.ts'

/** What is read of a ProtocolEvent. */
export type RecordedEvent = {
  readonly at: Date
  readonly sessionId: string
  readonly kind: string
  readonly listener: string
  readonly address: string
  readonly tlsVersion: string | null
  readonly mailboxId: number | null
  readonly credentialId: string | null
  readonly mechanism: string | null
  readonly reason: string | null
  readonly sizeBytes: number | null
  readonly recipients: number | null
}

export const rehearsedStages = ['connect', 'authenticate', 'openRelayWindow', 'data', 'rcpt', 'count'] as const
export type RehearsedStage = (typeof rehearsedStages)[number]

export type Change = {
  readonly event: RecordedEvent
  readonly stage: RehearsedStage
  readonly before: 'accept' | 'refuse'
  readonly after: 'accept' | 'refuse'
  /** of the refusal, on whichever side it is */
  readonly reason: ReasonId
}

export type Rehearsal = {
  /** how often each stage was asked, and how often the answer stayed */
  readonly asked: Readonly<Record<RehearsedStage, number>>
  readonly changes: readonly Change[]
  /** refusals that cannot be asked again, by their reason */
  readonly notAsked: ReadonlyMap<string, number>
}

/** A message counts for a day; whoever asks about one day gives the day before with it. */
export const countingHours = 24
const HOUR_MS = 3_600_000

/** What these stages alone refuse; any other reason hangs on facts that are not on record. */
const reasonsOf: Readonly<Partial<Record<ReasonId, RehearsedStage>>> = {
  listenerClosed: 'connect',
  authNotOffered: 'authenticate',
  mechanismNotAllowed: 'authenticate',
  tlsRequired: 'authenticate',
}

/** @param since what was before it only counts against the limits */
export function rehearse(events: Iterable<RecordedEvent>, policy: PolicyDocument, since: Date): Rehearsal {
  const rehearsal = new Rehearsing(policy, since)
  for (const event of events) rehearsal.play(event)
  return rehearsal
}

type Sent = {
  readonly at: number
  readonly recipients: number
  readonly credentialId: string | null
  readonly isAbroad: boolean
}

class Rehearsing implements Rehearsal {
  readonly asked = { connect: 0, authenticate: 0, openRelayWindow: 0, data: 0, rcpt: 0, count: 0 }
  readonly changes: Change[] = []
  readonly notAsked = new Map<string, number>()
  readonly #policy: PolicyDocument
  readonly #since: Date
  /** whether the draft lets them in */
  readonly #sessions = new Map<string, boolean>()
  readonly #sent = new Map<number, Sent[]>()

  constructor(policy: PolicyDocument, since: Date) {
    this.#policy = policy
    this.#since = since
  }

  play(event: RecordedEvent): void {
    const listener = listenerNames.find((name) => name === event.listener)
    if (listener === undefined) return
    if (event.at < this.#since) {
      if (event.kind === 'accepted') this.#remember(event)
      return
    }
    const isLetIn = this.#sessions.get(event.sessionId) ?? this.#ask(event, { stage: 'connect', listener })
    this.#sessions.set(event.sessionId, isLetIn)
    if (!isLetIn) return
    if (event.kind === 'refusal') this.#playRefusal(event, listener)
    else if (event.kind === 'login') this.#playLogin(event, listener)
    else if (event.kind === 'relayWindowOpened') this.#playWindow(event, listener)
    else if (event.kind === 'accepted') this.#playMessage(event, listener)
  }

  #playRefusal(event: RecordedEvent, listener: ListenerName): void {
    const stage = isReasonId(event.reason ?? '') ? reasonsOf[event.reason as ReasonId] : undefined
    if (stage === undefined || (stage === 'authenticate' && event.mechanism === null)) {
      const reason = event.reason ?? 'unknown'
      this.notAsked.set(reason, (this.notAsked.get(reason) ?? 0) + 1)
    } else if (stage === 'authenticate') this.#playLogin(event, listener)
  }

  #playLogin(event: RecordedEvent, listener: ListenerName): void {
    const mechanism = policyMechanism(event.mechanism ?? '')
    this.#ask(event, { stage: 'authenticate', listener, mechanism, tls: event.tlsVersion !== null })
  }

  #playWindow(event: RecordedEvent, listener: ListenerName): void {
    const from = { address: event.address, mailboxCount: 1 }
    this.#ask(event, { stage: 'openRelayWindow', listener, optedIn: true, from })
  }

  #playMessage(event: RecordedEvent, listener: ListenerName): void {
    const { sizeBytes, recipients } = event
    if (sizeBytes === null || recipients === null) return
    const permission = permissionOf(listener)
    const ofMessage = { listener, permission, sizeBytes, headerFrom: [], sender: null }
    if (!this.#ask(event, { stage: 'data', ...ofMessage })) return
    const ofRecipient = { target: 'local', targetIsFull: false, acceptedRecipients: recipients - 1 } as const
    if (!this.#ask(event, { stage: 'rcpt', listener, permission, ...ofRecipient })) return
    if (event.mailboxId === null || permission.kind === 'none') return
    if (this.#ask(event, this.#countQuestion(event, permission))) this.#remember(event)
  }

  /** @returns whether the draft lets it go on */
  #ask(event: RecordedEvent, question: Question & { readonly stage: RehearsedStage }): boolean {
    const { stage } = question
    const verdict = decide(question, this.#policy)
    const refusedFor =
      isReasonId(event.reason ?? '') && reasonsOf[event.reason as ReasonId] === stage ? event.reason : null
    const before = refusedFor === null ? 'accept' : 'refuse'
    const after = verdict.outcome === 'accept' || verdict.outcome === 'file' ? 'accept' : 'refuse'
    this.asked[stage] += 1
    if (before !== after) {
      this.changes.push({ event, stage, before, after, reason: reasonOf(verdict, refusedFor) })
    }
    return after === 'accept'
  }

  #remember({ at, mailboxId, recipients, credentialId, address }: RecordedEvent): void {
    if (mailboxId === null || recipients === null) return
    const isAbroad = isFromAbroad(address, this.#policy.abuse)
    const sent = this.#sent.get(mailboxId) ?? []
    sent.push({ at: at.getTime(), recipients, credentialId, isAbroad })
    this.#sent.set(mailboxId, sent)
  }

  #countQuestion(event: RecordedEvent, permission: Permission): Question & { readonly stage: 'count' } {
    const now = event.at.getTime()
    const sent = (this.#sent.get(event.mailboxId ?? 0) ?? []).filter(({ at }) => at > now - countingHours * HOUR_MS)
    const hourBegan = now - (now % HOUR_MS)
    return {
      stage: 'count',
      permission,
      recipients: event.recipients ?? 0,
      newCorrespondents: 0,
      isFromAbroad: isFromAbroad(event.address, this.#policy.abuse),
      isHeld: false,
      sent: {
        thisHour: tally(
          sent.filter(({ at }) => at >= hourBegan),
          now,
        ),
        today: tally(sent, now),
        todayByCredential: tally(
          sent.filter(({ credentialId }) => credentialId === event.credentialId),
          now,
        ),
        todayFromAbroad: tally(
          sent.filter(({ isAbroad }) => isAbroad),
          now,
        ),
        newToday: [],
        inWindow: { recipients: 0, messages: 0 },
      },
    }
  }
}

function tally(sent: readonly Sent[], now: number): Tally {
  return sent.map(({ at, recipients }) => ({
    amount: recipients,
    leavesInSeconds: Math.max(1, Math.ceil((at + countingHours * HOUR_MS - now) / 1_000)),
  }))
}

function permissionOf(listener: ListenerName): Permission {
  if (listener === 'mx') return { kind: 'none' }
  return { kind: listener === 'smtp' ? 'relayWindow' : 'authenticated', addresses: [] }
}

function reasonOf(verdict: Verdict, refusedFor: string | null): ReasonId {
  if ('reason' in verdict) return verdict.reason
  return refusedFor !== null && isReasonId(refusedFor) ? refusedFor : 'notDecided'
}
