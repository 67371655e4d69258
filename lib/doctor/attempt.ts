/** One connection of a mail program, as the engine's events tell it. */
import type { EventKind as AnyEventKind } from '#lib/activity/event-view.ts'
import type { Mishap } from '#lib/mail/mishap.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

/** A recipe is no connection. */
export type EventKind = Exclude<AnyEventKind, 'recipe'>

export type AttemptEvent = {
  readonly kind: EventKind
  readonly at: Date
  readonly listener: ListenerName
  readonly tlsVersion: string | null
  /** that the mail program asked for by SNI */
  readonly serverName: string | null
  readonly mailboxId: number | null
  readonly credentialId: string | null
  readonly loginName: string
  readonly mechanism: string | null
  readonly replyCode: string | null
  readonly reason: ReasonId | null
  readonly mishap: Mishap | null
  /** the user name was a visitor's code */
  readonly isCheck: boolean
  readonly transcript: readonly string[]
}

export type Attempt = {
  readonly sessionId: string
  readonly address: string
  /** oldest first, never empty */
  readonly events: readonly AttemptEvent[]
}

const outcomes: readonly EventKind[] = ['login', 'accepted', 'relayWindowOpened', 'mishap']

/** SMTP's answers to a message as a whole; 50x and 554 answer commands that make no sense after an earlier refusal. */
const MESSAGE_REFUSED = /^(?:45\d|55[02])$/

/** It was told to go on with the message (354), and the session ended (421 or nothing) before the message had. */
export function isCutOff({ kind, reason, replyCode, transcript }: AttemptEvent): boolean {
  const isEnd = kind === 'sessionEnded' || (kind === 'refusal' && reason === null && replyCode === '421')
  return isEnd && transcript.some((line) => line.startsWith('S: 354'))
}

function decides(event: AttemptEvent): boolean {
  const { kind, reason, replyCode } = event
  if (outcomes.includes(kind) || reason !== null || isCutOff(event)) return true
  return kind === 'refusal' && MESSAGE_REFUSED.test(replyCode ?? '')
}

/** The event that says how it went: the last success, mishap or refusal that says something. */
export function decisiveEvent({ events }: Attempt): AttemptEvent | undefined {
  // Who was refused at the greeting leaves without a word; that is no fault of theirs.
  const wasRefused = events.some(({ kind, reason }) => kind === 'refusal' && reason !== null)
  const told = wasRefused ? events.filter(({ mishap }) => mishap !== 'leftWithoutWord') : events
  return told.findLast(decides) ?? told.findLast(({ kind }) => kind === 'refusal') ?? told.at(-1)
}
