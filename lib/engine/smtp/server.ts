/**
 * The SMTP server: RFC 5321, with the extensions of RFC 1870 (SIZE), 2034 (enhanced codes), 2920 (PIPELINING),
 * 3207 (STARTTLS), 3461 (DSN), 4954 (AUTH), 6152 (8BITMIME), 6409 (submission), 6531 (SMTPUTF8).
 *
 * Guarantees: a 250 after DATA is given only when the message is on the disk. Refuses: CHUNKING (RFC 3030): BDAT would
 * be a second way for a message to end, and every client can do without it.
 * A client that is lost, hostile or speaks another protocol is shown the door by counting.
 */

import type { Connection } from '../runtime/connection.ts'
import {
  BareLineFeed,
  InputEnded,
  type InterruptReason,
  LineTooLong,
  SessionInterrupted,
  TimedOut,
} from '../runtime/errors.ts'
import type { Command, Next } from './command.ts'
import { auth } from './commands/auth.ts'
import { data } from './commands/data.ts'
import { hello } from './commands/hello.ts'
import { mail } from './commands/mail.ts'
import { rcpt } from './commands/rcpt.ts'
import { bdat, expn, help, noop, quit, rset, vrfy } from './commands/simple.ts'
import { startTls } from './commands/starttls.ts'
import { type SmtpServices, SmtpSession } from './session.ts'
import { decodeCommand } from './wire/path.ts'
import { type Reply, replies, reply } from './wire/reply.ts'

const commands: Readonly<Record<string, Command>> = {
  EHLO: hello,
  HELO: hello,
  MAIL: mail,
  RCPT: rcpt,
  DATA: data,
  AUTH: auth,
  STARTTLS: startTls,
  RSET: rset,
  NOOP: noop,
  QUIT: quit,
  VRFY: vrfy,
  EXPN: expn,
  HELP: help,
  BDAT: bdat,
}

/** RFC 5321 §4.5.3.2.7 asks for five minutes. */
const COMMAND_MS = 300_000
/** AUTH may bring a long initial response (RFC 4954 §4); no other command comes near it. */
const MAX_LINE_BYTES = 12_288
const MAX_COMMAND_BYTES = 2_048
const MAX_ERRORS = 20
const MAX_JUNK = 100
/** Of a session: whoever hears so often that it is not the time, and goes on at once, only keeps us busy. */
const MAX_DEFERRALS = 1_000

/** First words of other protocols: a browser was tricked into talking to a mail port. */
const FOREIGN = /^(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT|DELETE|PATCH|TRACE|HOST:|USER-AGENT:|\x16\x03)/i
const JUNK = /^(?:NOOP|RSET|VRFY|EXPN|HELP|HELO|EHLO)$/

export async function serveSmtp(connection: Connection, services: SmtpServices): Promise<void> {
  const session = new SmtpSession(connection, services)
  let ending = 'closed'
  try {
    if (!isOpen(session)) return
    session.send(reply(220, null, `${session.hostName} ESMTP`))
    ending = await converse(session)
  } catch (error) {
    ending = endFor(session, error)
  } finally {
    session.close(ending)
  }
}

/** @returns false when the refusal has been sent */
function isOpen(session: SmtpSession): boolean {
  const { connection, services } = session
  return session.isAllowed(services.policy.decide({ stage: 'connect', listener: connection.listener.name }))
}

async function converse(session: SmtpSession): Promise<string> {
  let errors = 0
  let junk = 0
  let deferrals = 0
  for (;;) {
    const line = await nextCommand(session)
    if (line === null) {
      errors += 1
    } else if (FOREIGN.test(line)) {
      session.recorder.mishap('foreignProtocol')
      session.refuse(replies.notMail)
      return 'not a mail client'
    } else {
      const { verb, argument } = splitCommand(line)
      if ((await run(session, verb, argument)) === 'close') return 'closed'
      if (session.lastReplyCode >= 500) errors += 1
      else if (session.lastReplyCode >= 400) deferrals += 1
      if (JUNK.test(verb)) junk += 1
    }
    if (errors >= MAX_ERRORS || junk >= MAX_JUNK || deferrals >= MAX_DEFERRALS) {
      session.refuse(replies.tooManyErrors)
      return 'too many errors'
    }
  }
}

/** @returns null when the line could not be read as a command and has been answered */
async function nextCommand(session: SmtpSession): Promise<string | null> {
  try {
    const line = await session.connection.readLine({ maxBytes: MAX_LINE_BYTES, timeoutMs: COMMAND_MS })
    const text = decodeCommand(line)
    session.recordCommand(text)
    if (line.length <= MAX_COMMAND_BYTES || /^AUTH /i.test(text)) return text
    session.refuse(replies.lineTooLong)
  } catch (error) {
    if (error instanceof LineTooLong) session.refuse(replies.lineTooLong)
    else if (error instanceof BareLineFeed) session.refuse(replies.bareLineFeed)
    else throw error
  }
  return null
}

function splitCommand(line: string): { verb: string; argument: string } {
  const space = line.indexOf(' ')
  if (space < 0) return { verb: line.toUpperCase(), argument: '' }
  return { verb: line.slice(0, space).toUpperCase(), argument: line.slice(space + 1).trim() }
}

function run(session: SmtpSession, verb: string, argument: string): Next | Promise<Next> {
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command !== undefined) return command(session, argument, verb)
  session.refuse(replies.unknownCommand)
  return 'continue'
}

const farewell: Readonly<Record<Exclude<InterruptReason, 'maintenance'>, Reply>> = {
  accessChanged: replies.accessChanged,
  endedByOwner: replies.endedByOwner,
  draining: replies.shuttingDown,
  clash: replies.shuttingDown,
}

/** Says goodbye where the peer can still hear it. @returns how the session ended */
function endFor(session: SmtpSession, error: unknown): string {
  if (error instanceof SessionInterrupted) {
    const isClosed = error.reason === 'maintenance' && !isOpen(session)
    if (!isClosed) session.send(error.reason === 'maintenance' ? replies.shuttingDown : farewell[error.reason])
    return error.reason
  }
  if (error instanceof TimedOut) {
    session.refuse(replies.timedOut)
    return 'timed out'
  }
  if (error instanceof InputEnded) return 'the client closed the connection'
  throw error
}
