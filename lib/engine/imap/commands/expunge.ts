/** EXPUNGE (RFC 9051 §6.4.3) and UID EXPUNGE (RFC 4315 §2.1). What is gone is told like any other change. */

import type { UidRange } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { uidsByUid } from '../message-sets.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'

async function run({ folder, store, enabled }: SelectedSession, uids: readonly UidRange[]): Promise<Reply> {
  if (folder.isReadOnly) return no('The folder is open for reading only', 'CANNOT')
  const { modseq } = await store.expunge(folder.id, uids)
  // RFC 7162 §3.2.7: the client may forget what it knew before.
  return modseq !== null && enabled.qresync ? ok('Done', `HIGHESTMODSEQ ${modseq}`) : ok('Done')
}

export const expunge: SelectedCommand = {
  state: 'selected',
  reports: 'changes',
  run(session, args) {
    args.end()
    return run(session, session.folder.messages.uids)
  },
}

export const uidExpunge: SelectedCommand = {
  state: 'selected',
  reports: 'changes',
  run(session, args) {
    args.space()
    const set = args.sequenceSet()
    args.end()
    return run(session, uidsByUid(session.folder, set))
  },
}
