import type { MailboxCommand } from '../command.ts'
import { listMessages } from '../list-messages.ts'

/** UIDL (RFC 1939 §7): stays with its message for ever, whatever happens to numbers, folders or servers. */
export const uidl: MailboxCommand = {
  state: 'transaction',
  run: (session, argument) =>
    listMessages(session, argument, ({ mailbox }, number) => mailbox.maildrop.listing.uidl(number)),
}
