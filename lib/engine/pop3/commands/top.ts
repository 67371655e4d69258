import type { MailboxCommand, Next } from '../command.ts'
import { sendMessage } from '../send-message.ts'
import { readNumbers } from '../wire/command-line.ts'

/** TOP (RFC 1939 §7): the header, the empty line and so many lines of the body. */
export const top: MailboxCommand = {
  state: 'transaction',
  async run(session, argument): Promise<Next> {
    const [number, lines, ...more] = readNumbers(argument) ?? []
    if (number === undefined || lines === undefined || more.length > 0) {
      session.error('Syntax: TOP number lines')
      return 'continue'
    }
    const fault = session.mailbox.faultOf(number)
    if (fault === null) await sendMessage(session, number, lines)
    else session.error(fault)
    return 'continue'
  },
}
