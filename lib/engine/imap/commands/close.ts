/** CLOSE (RFC 9051 §6.4.1) and UNSELECT (§6.4.2). */
import type { SelectedCommand } from '../command.ts'
import { ok } from '../reply.ts'

export const close: SelectedCommand = {
  state: 'selected',
  reports: 'flags',
  async run(session, args) {
    args.end()
    const { folder, store } = session
    // What this client has not been told of it cannot have meant to remove.
    if (!folder.isReadOnly) await store.expunge(folder.id, folder.messages.uids)
    session.select(null)
    return ok('Closed')
  },
}

export const unselect: SelectedCommand = {
  state: 'selected',
  reports: 'flags',
  run(session, args) {
    args.end()
    session.select(null)
    return ok('Closed')
  },
}
