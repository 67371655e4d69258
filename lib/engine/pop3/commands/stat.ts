import type { MailboxCommand } from '../command.ts'

/** STAT (RFC 1939 §5): messages that are marked for deletion do not count. */
export const stat: MailboxCommand = {
  state: 'transaction',
  run(session) {
    session.ok(`${session.mailbox.count} ${session.mailbox.totalBytes}`)
    return 'continue'
  },
}
