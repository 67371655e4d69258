/** What LIST and UIDL have in common: one message, or a line for each that is not marked. */
import type { MailboxSession } from './session.ts'
import { readNumbers } from './wire/command-line.ts'

const LINES_AT_ONCE = 1_000

type Describe = (session: MailboxSession, number: number) => string | number

export async function listMessages(session: MailboxSession, argument: string, describe: Describe): Promise<'continue'> {
  const numbers = readNumbers(argument)
  const [number] = numbers ?? []
  if (numbers === null || numbers.length > 1) session.error('That is not a message number')
  else if (number === undefined) await listAll(session, describe)
  else {
    const fault = session.mailbox.faultOf(number)
    if (fault === null) session.ok(`${number} ${describe(session, number)}`)
    else session.error(fault)
  }
  return 'continue'
}

/** A million lines leave in portions, and other sessions have their turn between them. */
async function listAll(session: MailboxSession, describe: Describe): Promise<void> {
  const { mailbox } = session
  session.ok(`${mailbox.count} messages (${mailbox.totalBytes} octets)`)
  const { count } = mailbox.maildrop.listing
  for (let first = 1; first <= count; first += LINES_AT_ONCE) {
    let lines = ''
    for (let number = first; number < first + LINES_AT_ONCE && number <= count; number += 1) {
      if (!mailbox.isMarked(number)) lines += `${number} ${describe(session, number)}\r\n`
    }
    session.write(lines)
    await session.makeRoom()
  }
  session.write('.\r\n')
}
