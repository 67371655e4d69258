/** How far a mailbox has come with the move. Pure. */
import type { ReasonId } from '#lib/policy/reasons.ts'

export const moveStates = ['failing', 'half', 'untouched', 'done'] as const
export type MoveState = (typeof moveStates)[number]

/** When each thing was last done; null: never in the days that are looked at. */
export type LastSeen = {
  readonly oldReceiving: Date | null
  readonly newReceiving: Date | null
  readonly oldSending: Date | null
  readonly newSending: Date | null
  /** a login that was refused, and why */
  readonly refusedAt: Date | null
  readonly refusedFor: ReasonId | null
}

export function moveStateOf(seen: LastSeen): MoveState {
  const { oldReceiving, newReceiving, oldSending, newSending, refusedAt } = seen
  const lastGood = Math.max(
    ...[oldReceiving, newReceiving, oldSending, newSending].map((moment) => moment?.getTime() ?? 0),
  )
  if (refusedAt !== null && refusedAt.getTime() > lastGood) return 'failing'
  if (newReceiving === null && newSending === null) return 'untouched'
  const isBehind = isStillOld(oldReceiving, newReceiving) || isStillOld(oldSending, newSending)
  return isBehind || newReceiving === null ? 'half' : 'done'
}

function isStillOld(old: Date | null, current: Date | null): boolean {
  return old !== null && (current === null || old > current)
}
