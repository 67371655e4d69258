/**
 * VANISHED (EARLIER): which messages a client that was away has missed the removal of (RFC 7162 §3.2.10.1). What is still
 * in its view of the folder is left out: that removal is told when the view catches up.
 */
import type { UidRange } from '../store/uid-range.ts'
import type { SelectedSession } from './session.ts'
import { formatSet } from './wire/sequence-set.ts'

export async function tellVanished(
  { store, folder, untagged }: SelectedSession,
  uids: readonly UidRange[],
  modseq: number,
): Promise<void> {
  const gone = await store.expungedSince(folder.id, uids, modseq)
  const unknown = gone.filter((uid) => folder.messages.sequenceOf(uid) === null)
  if (unknown.length > 0) untagged(`VANISHED (EARLIER) ${formatSet(unknown)}`)
}
