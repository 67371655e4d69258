/** Sequence sets and UID sets of the client, as UIDs of the session's view. */
import type { UidRange } from '../store/uid-range.ts'
import type { SelectedFolder } from './selected-folder.ts'
import { LARGEST, resolveSet, type SetItem } from './wire/sequence-set.ts'
import { BadSyntax } from './wire/syntax.ts'

function highest(items: readonly SetItem[]): number {
  return Math.max(...items.flatMap(({ from, to }) => [from, to].map((bound) => (bound === LARGEST ? 0 : bound))))
}

/**
 * A sequence number that the folder does not have is the client's mistake (RFC 9051 §9 seq-number); but many clients ask
 * for 1:* of an empty folder.
 */
export function uidsBySequence({ messages }: SelectedFolder, items: readonly SetItem[]): UidRange[] {
  if (messages.count === 0) return []
  if (highest(items) > messages.count) throw new BadSyntax('There is no message with such a number')
  return messages.uidsAt(resolveSet(items, messages.count))
}

/** UIDs that do not exist are ignored (RFC 9051 §6.4.9). */
export function uidsByUid({ messages }: SelectedFolder, items: readonly SetItem[]): UidRange[] {
  return messages.knownUids(resolveSet(items, messages.largestUid))
}

export function uidsOf(folder: SelectedFolder, items: readonly SetItem[], isUid: boolean): UidRange[] {
  return isUid ? uidsByUid(folder, items) : uidsBySequence(folder, items)
}

export function countOf(ranges: readonly UidRange[]): number {
  return ranges.reduce((count, { first, last }) => count + last - first + 1, 0)
}
