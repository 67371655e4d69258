import type { Next, SessionCommand } from '../command.ts'
import type { MailboxSession, Pop3Session } from '../session.ts'

/**
 * QUIT (RFC 1939 §4, §6). After a login this is the UPDATE state: what is marked is removed in one transaction, and
 * "+OK" is said after its commit. Whoever comes next finds the mailbox unlocked.
 */
export const quit: SessionCommand = {
  state: 'any',
  async run(session): Promise<Next> {
    const wasUpdated = !session.isInTransaction() || (await update(session))
    await session.leave()
    if (wasUpdated) session.ok('Goodbye')
    else session.refuse('The messages could not be removed and are all still there', 'SYS/TEMP', 'serviceUnavailable')
    return 'close'
  },
}

async function update(session: Pop3Session & MailboxSession): Promise<boolean> {
  try {
    await session.mailbox.maildrop.remove(session.mailbox.marked)
    return true
  } catch (error) {
    session.services.onFault(error)
    return false
  }
}
