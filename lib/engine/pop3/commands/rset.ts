import type { MailboxCommand } from '../command.ts'

/** RSET (RFC 1939 §5): no message is marked any more; LAST begins anew (RFC 1460 §5). */
export const rset: MailboxCommand = {
  state: 'transaction',
  run(session) {
    session.mailbox.reset()
    session.ok(`${session.mailbox.count} messages (${session.mailbox.totalBytes} octets)`)
    return 'continue'
  },
}
