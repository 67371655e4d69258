import type { MailboxCommand } from '../command.ts'
import { listMessages } from '../list-messages.ts'

/** LIST (RFC 1939 §5): sizes in octets as they are sent, without stuffed dots. */
export const list: MailboxCommand = {
  state: 'transaction',
  run: (session, argument) =>
    listMessages(session, argument, ({ mailbox }, number) => mailbox.maildrop.listing.sizeBytes(number)),
}
