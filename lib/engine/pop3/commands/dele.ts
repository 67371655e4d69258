import type { MailboxCommand } from '../command.ts'
import { readNumbers } from '../wire/command-line.ts'

/** DELE (RFC 1939 §5) marks; QUIT removes. */
export const dele: MailboxCommand = {
  state: 'transaction',
  run(session, argument) {
    const [number, ...more] = readNumbers(argument) ?? []
    if (number === undefined || more.length > 0) {
      session.error('Syntax: DELE number')
      return 'continue'
    }
    const fault = session.mailbox.faultOf(number)
    if (fault === null) {
      session.mailbox.mark(number)
      session.ok(`Message ${number} will be removed at QUIT`)
    } else session.error(fault)
    return 'continue'
  },
}
