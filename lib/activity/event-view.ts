/** What the engine saw, as the portal tells it. Times are ISO strings: a view also travels as JSON. */
import type { ProtocolEventModel } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { listenerNames } from '#lib/policy/schema.ts'

export const eventKinds = [
  'login',
  'refusal',
  'accepted',
  'relayWindowOpened',
  'sessionEnded',
  'recipe',
  'mishap',
] as const
export type EventKind = (typeof eventKinds)[number]

/** What happened, for a person: `loginRefused` is a refusal of a login, which alone names its mechanism. */
export type EventOutcome = 'loggedIn' | 'loginRefused' | 'refused' | 'accepted' | 'windowOpened' | 'ended' | 'recipe'

export type EventView = {
  readonly id: string
  readonly at: string
  readonly outcome: EventOutcome
  readonly mailboxId: number | null
  readonly listener: ListenerName | null
  readonly address: string
  readonly tlsVersion: string | null
  readonly mechanism: string | null
  readonly credentialId: string | null
  /** the name that the person gave it */
  readonly credentialLabel: string | null
  readonly reason: ReasonId | null
  /** the folded part: what was said on the wire, already free of secrets and correspondents */
  readonly raw: {
    readonly replyCode: string | null
    readonly enhancedStatus: string | null
    readonly detail: string
    readonly transcript: readonly string[]
  }
}

export function isTrouble({ outcome }: Pick<EventView, 'outcome'>): boolean {
  return outcome === 'loginRefused' || outcome === 'refused'
}

export function eventView(row: ProtocolEventModel, labels: ReadonlyMap<string, string> = new Map()): EventView {
  const { id, at, mailboxId, address, tlsVersion, mechanism, credentialId } = row
  const { replyCode, enhancedStatus, detail, transcript } = row
  return {
    id: String(id),
    at: at.toISOString(),
    outcome: outcomeOf(row),
    mailboxId,
    listener: listenerNames.find((name) => name === row.listener) ?? null,
    address,
    tlsVersion,
    mechanism,
    credentialId,
    credentialLabel: credentialId === null ? null : (labels.get(credentialId) ?? null),
    reason: row.reason !== null && isReasonId(row.reason) ? row.reason : null,
    raw: { replyCode, enhancedStatus, detail, transcript },
  }
}

export function outcomeOf({ kind, mechanism }: Pick<ProtocolEventModel, 'kind' | 'mechanism'>): EventOutcome {
  if (kind === 'login') return 'loggedIn'
  if (kind === 'refusal') return mechanism === null ? 'refused' : 'loginRefused'
  if (kind === 'accepted') return 'accepted'
  if (kind === 'relayWindowOpened') return 'windowOpened'
  return kind === 'recipe' ? 'recipe' : 'ended'
}
