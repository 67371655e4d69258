import type { MailboxCommand, Next } from '../command.ts'
import { sendMessage } from '../send-message.ts'
import { readNumbers } from '../wire/command-line.ts'

/** RETR (RFC 1939 §5). An IMAP client's \Seen is left alone: that a program fetched it says not that a person read it. */
export const retr: MailboxCommand = {
  state: 'transaction',
  async run(session, argument): Promise<Next> {
    const [number, ...more] = readNumbers(argument) ?? []
    if (number === undefined || more.length > 0) {
      session.error('Syntax: RETR number')
      return 'continue'
    }
    const fault = session.mailbox.faultOf(number)
    if (fault === null) await sendMessage(session, number, null)
    else session.error(fault)
    return 'continue'
  },
}
