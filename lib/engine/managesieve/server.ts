/**
 * The ManageSieve server: RFC 5804, with STARTTLS and the credentials of the other doors (scope "sieve").
 *
 * Guarantees: every command has one reply; a script is checked before it is stored, and the answer names line and
 * column. Refuses: more than a script's size in one literal, anything before login but what leads to it.
 */
import { refusalIn } from '#lib/policy/decide.ts'
import { MAX_SCRIPT_BYTES } from '#lib/sieve/limits.ts'
import type { Connection } from '../runtime/connection.ts'
import { BareLineFeed, InputEnded, LineTooLong, SessionInterrupted, TimedOut, WireError } from '../runtime/errors.ts'
import { farewells, isPassing } from '../runtime/farewells.ts'
import { writeCapabilities } from './capabilities.ts'
import { anyTime, MAX_RESPONSE_BYTES, runWithScripts } from './commands.ts'
import { type ManageSieveServices, ManageSieveSession } from './session.ts'
import { type CommandInput, type ReadCommand, readCommand } from './wire/command-reader.ts'

/** RFC 5804 §1.2: at least 30 minutes for who is logged in. */
const SIGNED_IN_MS = 1_800_000
const SIGNED_OUT_MS = 180_000
const MAX_ERRORS_IN_A_ROW = 20

export async function serveManageSieve(connection: Connection, services: ManageSieveServices): Promise<void> {
  const session = new ManageSieveSession(connection, services)
  let ending = 'closed'
  try {
    if (greet(session)) ending = await converse(session)
  } catch (error) {
    ending = endFor(session, error)
  } finally {
    session.leave()
    session.recorder.ended(ending)
  }
}

function greet(session: ManageSieveSession): boolean {
  if (!isOpen(session)) return false
  writeCapabilities(session)
  session.ok(`${session.services.hostNameOf(session.connection)} ManageSieve server ready`)
  return true
}

/** @returns false when the refusal has been sent */
function isOpen(session: ManageSieveSession): boolean {
  const { connection, services } = session
  const refusal = refusalIn(services.policy.decide({ stage: 'connect', listener: connection.listener.name }))
  if (refusal !== null) session.refuseFor(refusal.reason, 'bye', refusal.waitSeconds)
  return refusal === null
}

async function converse(session: ManageSieveSession): Promise<string> {
  for (let errorsInARow = 0; errorsInARow < MAX_ERRORS_IN_A_ROW; ) {
    const isUnderstood = await nextCommand(session)
    if (session.isEnding) return session.scripts === null ? 'closed before login' : 'closed by LOGOUT'
    errorsInARow = isUnderstood ? 0 : errorsInARow + 1
    await session.connection.drained()
  }
  session.bye('Too many errors')
  return 'too many errors'
}

/** @returns false when the client sent what cannot be understood */
async function nextCommand(session: ManageSieveSession): Promise<boolean> {
  const isSignedIn = session.scripts !== null
  let input: CommandInput
  try {
    input = await readCommand(session.connection, {
      maxLiteralBytes: isSignedIn ? MAX_SCRIPT_BYTES : MAX_RESPONSE_BYTES,
      timeoutMs: isSignedIn ? SIGNED_IN_MS : SIGNED_OUT_MS,
    })
  } catch (error) {
    if (!(error instanceof LineTooLong) && !(error instanceof BareLineFeed)) throw error
    session.no(error instanceof LineTooLong ? 'That line is too long' : 'Lines must end with CR LF')
    return false
  }
  if (input.kind === 'hopeless') session.bye('That is too large', 'QUOTA/MAXSIZE')
  else if (input.kind === 'tooLarge') session.no('The script is too large', 'QUOTA/MAXSIZE')
  else if (input.kind === 'malformed') session.no('That is no ManageSieve command')
  else {
    session.recorder.line('C', input.name)
    await run(session, input)
  }
  return input.kind === 'command'
}

async function run(session: ManageSieveSession, input: ReadCommand): Promise<void> {
  const { name, args } = input
  try {
    const command = Object.hasOwn(anyTime, name) ? anyTime[name] : undefined
    if (command) return await command(session, args)
    if (session.scripts === null) return session.no('Log in first')
    await runWithScripts(session, name, args, session.scripts)
  } catch (error) {
    if (error instanceof WireError) throw error
    session.services.onFault(error)
    session.refuseFor('serviceUnavailable')
  }
}

/** Says goodbye where the client can still hear it. @returns how the session ended */
function endFor(session: ManageSieveSession, error: unknown): string {
  if (error instanceof SessionInterrupted) {
    if (error.reason === 'maintenance' && !isOpen(session)) return error.reason
    session.bye(farewells[error.reason], isPassing(error.reason) ? 'TRYLATER' : '')
    return error.reason
  }
  if (error instanceof TimedOut) {
    session.bye('No command for too long')
    return 'no command for too long'
  }
  if (error instanceof InputEnded) return 'the client closed the connection'
  throw error
}
