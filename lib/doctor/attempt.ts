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

/** The event that says how it went: the last success, mishap or refusal with a reason. */
export function decisiveEvent({ events }: Attempt): AttemptEvent | undefined {
  const decides = ({ kind, reason }: AttemptEvent) => outcomes.includes(kind) || reason !== null
  return events.findLast(decides) ?? events.findLast(({ kind }) => kind === 'refusal') ?? events.at(-1)
}
