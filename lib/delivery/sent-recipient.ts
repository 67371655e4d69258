/** One recipient of a message that was sent, as its sender sees it. */
import type { Prisma } from '#lib/db/prisma.ts'
import { CANCELLED_STATUS, type Explanation, explainStatus } from '#lib/mail/explain-status.ts'
import { type ReplyView, replyLine } from './last-reply.ts'

/** `sending`: not tried yet. `waiting`: tried, and will be tried again. */
export type SentState = 'sending' | 'waiting' | 'held' | 'delivered' | 'failed'

export type SentRecipientView = {
  readonly id: string
  readonly address: string
  readonly state: SentState
  /** when it ended */
  readonly finishedAt: string | null
  readonly nextAttemptAt: string
  /** until when it is tried */
  readonly expiresAt: string
  readonly attemptCount: number
  /** in plain words; null when there is nothing to explain */
  readonly explanation: Explanation | null
  /** the folded part: who said what */
  readonly lastReply: ReplyView | null
}

export const sentRecipientFields = {
  id: true,
  address: true,
  state: true,
  attemptCount: true,
  nextAttemptAt: true,
  cancelRequestedAt: true,
  finishedAt: true,
  attempts: { orderBy: { id: 'desc' }, take: 1 },
} as const satisfies Prisma.QueuedRecipientSelect

type Row = Prisma.QueuedRecipientGetPayload<{ select: typeof sentRecipientFields }>

export function sentRecipientView(row: Row, expiresAt: Date): SentRecipientView {
  return {
    id: String(row.id),
    address: row.address,
    state: stateOf(row),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    attemptCount: row.attemptCount,
    explanation: explanationOf(row),
    lastReply: lastReplyOf(row),
  }
}

function lastReplyOf({ attempts: [attempt] }: Row): ReplyView | null {
  if (attempt === undefined) return null
  const { at, remoteHost, replyCode, replyText } = attempt
  const text = replyLine(replyCode, replyText)
  return remoteHost === null && text === '' ? null : { at: at.toISOString(), host: remoteHost, text }
}

function stateOf({ state, attemptCount }: Row): SentState {
  if (state === 'WAITING') return attemptCount === 0 ? 'sending' : 'waiting'
  return ({ HELD: 'held', DELIVERED: 'delivered', FAILED: 'failed' } as const)[state]
}

function explanationOf({ state, attempts, cancelRequestedAt }: Row): Explanation | null {
  if (state === 'DELIVERED' || state === 'HELD') return null
  if (state === 'WAITING' && cancelRequestedAt !== null) return explainStatus(CANCELLED_STATUS, 'failed', null)
  const [attempt] = attempts
  if (attempt === undefined) return null
  const action = state === 'FAILED' ? 'failed' : 'delayed'
  return explainStatus(attempt.enhancedStatus ?? '', action, attempt.remoteHost)
}
