/**
 * The POP3 server: RFC 1939, with RFC 2449 (CAPA, response codes, pipelining), RFC 2595 (STLS), RFC 3206 (AUTH response
 * code), RFC 5034 (AUTH), and LAST of RFC 1460 for clients that are older than UIDL.
 *
 * Guarantees: messages are removed at QUIT and at no other moment, all of them or none; the session that has the
 * mailbox has it alone. The greeting has a stamp (RFC 1939 §7) where the policy lets
 * APOP be tried on this connection as it is, and nowhere else: clients try what they see.
 */
import { foreignMishap } from '#lib/mail/mishap.ts'
import { refusalIn } from '#lib/policy/decide.ts'
import type { Connection } from '../runtime/connection.ts'
import { BareLineFeed, InputEnded, LineTooLong, SessionInterrupted, TimedOut, WireError } from '../runtime/errors.ts'
import { farewells } from '../runtime/farewells.ts'
import type { Command, Next } from './command.ts'
import { apop } from './commands/apop.ts'
import { auth } from './commands/auth.ts'
import { capa } from './commands/capa.ts'
import { dele } from './commands/dele.ts'
import { last } from './commands/last.ts'
import { list } from './commands/list.ts'
import { noop } from './commands/noop.ts'
import { pass } from './commands/pass.ts'
import { quit } from './commands/quit.ts'
import { retr } from './commands/retr.ts'
import { rset } from './commands/rset.ts'
import { stat } from './commands/stat.ts'
import { stls } from './commands/stls.ts'
import { top } from './commands/top.ts'
import { uidl } from './commands/uidl.ts'
import { user } from './commands/user.ts'
import { AnswerCutShort } from './send-message.ts'
import { type Pop3Services, Pop3Session } from './session.ts'
import { isForeign, splitCommand } from './wire/command-line.ts'

const commands: Readonly<Record<string, Command>> = {
  APOP: apop,
  AUTH: auth,
  CAPA: capa,
  DELE: dele,
  LAST: last,
  LIST: list,
  NOOP: noop,
  PASS: pass,
  QUIT: quit,
  RETR: retr,
  RSET: rset,
  STAT: stat,
  STLS: stls,
  TOP: top,
  UIDL: uidl,
  USER: user,
}

/** RFC 2449 §4 asks for 255; some clients send longer passwords. */
const MAX_LINE_BYTES = 510
/** RFC 1939 §3: no less than ten minutes. */
const COMMAND_MS = 600_000
/** In a row: a client that goes on like this understands nothing of what it is told. */
const MAX_ERRORS_IN_A_ROW = 20

export async function servePop3(connection: Connection, services: Pop3Services): Promise<void> {
  const session = new Pop3Session(connection, services)
  let ending = 'closed'
  try {
    if (!greet(session)) return
    ending = await converse(session)
  } catch (error) {
    ending = endFor(session, error)
  } finally {
    await session.leave()
    session.recorder.ended(ending)
  }
}

function greet(session: Pop3Session): boolean {
  if (!isOpen(session)) return false
  session.stamp = session.services.authenticator.apopStampFor(session.facts)
  session.ok([session.hostName, 'POP3 server ready', session.stamp].filter(Boolean).join(' '))
  return true
}

/** @returns false when the refusal has been sent */
function isOpen(session: Pop3Session): boolean {
  const { connection, services } = session
  const refusal = refusalIn(services.policy.decide({ stage: 'connect', listener: connection.listener.name }))
  if (refusal !== null) session.refuseFor(refusal.reason, refusal.waitSeconds)
  return refusal === null
}

async function converse(session: Pop3Session): Promise<string> {
  for (let errorsInARow = 0; errorsInARow < MAX_ERRORS_IN_A_ROW; ) {
    session.lastReplyWasError = false
    const line = await nextLine(session)
    if (line !== null && isForeign(line)) {
      session.recorder.mishap(foreignMishap(line))
      session.error('This is a mail server for reading mail by POP3')
      return 'not a POP3 client'
    }
    if (line !== null && (await run(session, line)) === 'close') return endOf(session)
    errorsInARow = session.lastReplyWasError ? errorsInARow + 1 : 0
    await session.makeRoom()
  }
  session.refuse('Too many errors', undefined, null)
  return 'too many errors'
}

function endOf(session: Pop3Session): string {
  if (session.mailbox === null) return 'closed before login'
  return `closed by QUIT; ${session.mailbox.readCount} messages read`
}

/** @returns null when the line could not be read as a command and has been answered */
async function nextLine(session: Pop3Session): Promise<string | null> {
  try {
    const bytes = await session.connection.readLine({ maxBytes: MAX_LINE_BYTES, timeoutMs: COMMAND_MS })
    const line = bytes.toString()
    session.recordCommand(line)
    return line
  } catch (error) {
    if (error instanceof LineTooLong) session.error('That line is too long')
    else if (error instanceof BareLineFeed) session.error('Lines must end with CR LF')
    else throw error
    return null
  }
}

async function run(session: Pop3Session, line: string): Promise<Next> {
  const { verb, argument } = splitCommand(line)
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command === undefined) return answer(session, 'Unknown command')
  try {
    if (command.state === 'any') return await command.run(session, argument)
    if (command.state === 'transaction') {
      return session.isInTransaction() ? await command.run(session, argument) : answer(session, 'Log in first')
    }
    return session.isInTransaction()
      ? answer(session, 'You are logged in already')
      : await command.run(session, argument)
  } catch (error) {
    if (error instanceof WireError || error instanceof AnswerCutShort) throw error
    session.services.onFault(error)
    session.refuse('That is not possible right now, try again in a minute', 'SYS/TEMP', 'serviceUnavailable')
    return 'continue'
  }
}

function answer(session: Pop3Session, error: string): Next {
  session.error(error)
  return 'continue'
}

/** Says goodbye where the client can still hear it. @returns how the session ended */
function endFor(session: Pop3Session, error: unknown): string {
  if (error instanceof SessionInterrupted) {
    if (error.reason === 'maintenance' && !isOpen(session)) return error.reason
    session.error(farewells[error.reason], error.reason === 'accessChanged' ? 'AUTH' : 'SYS/TEMP')
    return error.reason
  }
  if (error instanceof TimedOut || error instanceof InputEnded) {
    const cause = error instanceof TimedOut ? 'no command for too long' : 'the client closed the connection'
    return session.mailbox === null ? cause : `${cause} without QUIT; nothing was removed`
  }
  if (error instanceof AnswerCutShort) {
    session.connection.destroy()
    return 'a message could not be sent to its end'
  }
  throw error
}
