import type { MailboxCommand } from '../command.ts'

/** LAST (RFC 1460 §5, gone from RFC 1725): the highest number that was read. Clients from before UIDL ask for it. */
export const last: MailboxCommand = {
  state: 'transaction',
  run(session) {
    session.ok(String(session.mailbox.lastRead))
    return 'continue'
  },
}
