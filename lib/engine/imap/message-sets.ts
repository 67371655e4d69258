/** Sequence sets and UID sets of the client, as UIDs of the session's view. */
import type { UidRange } from '../store/uid-range.ts'
import type { SelectedFolder } from './selected-folder.ts'
import { LARGEST, type MessageSet, resolveSet, SAVED, type SetItem } from './wire/sequence-set.ts'
import { BadSyntax } from './wire/syntax.ts'

function highest(items: readonly SetItem[]): number {
  return Math.max(...items.flatMap(({ from, to }) => [from, to].map((bound) => (bound === LARGEST ? 0 : bound))))
}

/**
 * A sequence number that the folder does not have is the client's mistake (RFC 9051 §9 seq-number); but many clients ask
 * for 1:* of an empty folder.
 */
export function uidsBySequence({ messages, savedUids }: SelectedFolder, set: MessageSet): readonly UidRange[] {
  if (set === SAVED) return savedUids
  if (messages.count === 0) return []
  if (highest(set) > messages.count) throw new BadSyntax('There is no message with such a number')
  return messages.uidsAt(resolveSet(set, messages.count))
}

/** SEARCH asks what there is: it does not find a number that the folder does not have. */
export function uidsAmongSequence({ messages, savedUids }: SelectedFolder, set: MessageSet): readonly UidRange[] {
  return set === SAVED ? savedUids : messages.uidsAt(resolveSet(set, messages.count))
}

/** UIDs that do not exist are ignored (RFC 9051 §6.4.9). */
export function uidsByUid({ messages, savedUids }: SelectedFolder, set: MessageSet): readonly UidRange[] {
  if (set === SAVED) return savedUids
  return messages.knownUids(resolveSet(set, messages.largestUid))
}

export function uidsOf(folder: SelectedFolder, set: MessageSet, isUid: boolean): readonly UidRange[] {
  return isUid ? uidsByUid(folder, set) : uidsBySequence(folder, set)
}
