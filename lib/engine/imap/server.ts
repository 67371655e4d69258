/**
 * The IMAP server: IMAP4rev1 (RFC 3501) and IMAP4rev2 (RFC 9051), with the extensions that capabilities.ts names.
 *
 * Guarantees: commands are answered in the order in which they came, each with exactly one tagged reply; a fault of ours
 * answers NO and never ends other sessions. Refuses what would cost more than a command is worth: see limits.ts and
 * wire/command-reader.ts.
 */

import { foreignMishap } from '#lib/mail/mishap.ts'
import { refusalIn } from '#lib/policy/decide.ts'
import { imapLine } from '../events/redact.ts'
import type { Connection } from '../runtime/connection.ts'
import { BareLineFeed, InputEnded, LineTooLong, SessionInterrupted, TimedOut, WireError } from '../runtime/errors.ts'
import { farewells, isPassing } from '../runtime/farewells.ts'
import { StoreRefusal, type StoreRefusalReason } from '../store/store-refusal.ts'
import { capabilities, isLoginDisabled } from './capabilities.ts'
import type { Command } from './command.ts'
import { commands } from './command-table.ts'
import { checkAppend, tooManyMessages } from './commands/append.ts'
import { UnknownEncoding } from './decoded-part.ts'
import { AnswerCutShort } from './fetch-answer.ts'
import * as limits from './limits.ts'
import { bad, no, type Reply } from './reply.ts'
import { FolderDeleted } from './selected-folder.ts'
import { type ImapServices, ImapSession } from './session.ts'
import { MissingTarget } from './try-create.ts'
import { type CommandInput, type Excess, type LiteralRequest, readCommand } from './wire/command-reader.ts'
import { ArgumentReader, BadSyntax } from './wire/syntax.ts'

/** "a1 UID FETCH": a tag is anything but what the protocol uses itself (RFC 9051 §9). */
const COMMAND_START = /^([^\x00-\x20\x7f-\xff(){%*"\\+]{1,64}) ((?:UID )?[A-Za-z]{1,20})(?= |$)/i
const APPEND = /^\S+ APPEND /i
const TAG = /^[^\x00-\x20\x7f-\xff(){%*"\\+]{1,64}(?= |$)/
/** Another protocol speaks, perhaps through somebody's browser: nothing of it may be taken for a command. */
const FOREIGN = /^(GET|HEAD|POST|PUT|OPTIONS|CONNECT|EHLO|HELO|USER) /i

export async function serveImap(connection: Connection, services: ImapServices): Promise<void> {
  const session = new ImapSession(connection, services)
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

function greet(session: ImapSession): boolean {
  if (!isOpen(session)) return false
  session.untagged(`OK [CAPABILITY ${capabilities(session)}] ${session.hostName} IMAP server ready`)
  return true
}

/** @returns false when the refusal has been sent */
function isOpen(session: ImapSession): boolean {
  const { connection, services } = session
  const refusal = refusalIn(services.policy.decide({ stage: 'connect', listener: connection.listener.name }))
  if (refusal === null) return true
  const text = session.textOf(refusal.reason, refusal.waitSeconds)
  session.bye(text, 'UNAVAILABLE')
  session.recordRefusal(text, refusal.reason)
  return false
}

async function converse(session: ImapSession): Promise<string> {
  for (let errorsInARow = 0; ; ) {
    const isUnderstood = await nextCommand(session)
    if (session.isLoggingOut) return session.isSignedIn() ? 'closed by LOGOUT' : 'closed before login'
    errorsInARow = isUnderstood ? 0 : errorsInARow + 1
    const most = session.isSignedIn() ? limits.MAX_ERRORS_IN_A_ROW : limits.MAX_SIGNED_OUT_ERRORS_IN_A_ROW
    if (errorsInARow >= most) {
      session.bye('Too many errors')
      return 'too many errors'
    }
    await session.makeRoom()
  }
}

/** @returns false when the client sent what cannot be understood */
async function nextCommand(session: ImapSession): Promise<boolean> {
  const isSignedIn = session.isSignedIn()
  const budget = {
    maxLineBytes: isSignedIn ? limits.MAX_LINE_BYTES : limits.MAX_SIGNED_OUT_LINE_BYTES,
    maxUnannouncedBytes: isSignedIn ? Number.POSITIVE_INFINITY : limits.MAX_SIGNED_OUT_UNANNOUNCED_BYTES,
    maxDroppedBytes: isSignedIn ? limits.MAX_DROPPED_BYTES : limits.MAX_SIGNED_OUT_DROPPED_BYTES,
    maxCommandBytes: (firstText: string) => maxCommandBytes(session, firstText),
    maxLiterals: (firstText: string) =>
      isSignedIn && APPEND.test(firstText) ? limits.MAX_APPENDED_MESSAGES + 1 : limits.MAX_LITERALS,
    idleMs: isSignedIn ? limits.IDLE_MS : limits.SIGNED_OUT_MS,
    noRoom: no('Too much is coming in at the moment, try again later', 'UNAVAILABLE'),
  }
  let input: CommandInput<Reply>
  try {
    input = await readCommand(session.connection, budget, (request) => refuseLiteral(session, request))
  } catch (error) {
    if (!(error instanceof LineTooLong) && !(error instanceof BareLineFeed)) throw error
    session.untagged(error instanceof LineTooLong ? 'BAD That line is too long' : 'BAD Lines must end with CR LF')
    return false
  }
  if (input.kind === 'command')
    return answer(
      session,
      input.command.texts[0] as string,
      new ArgumentReader(input.command, session.enabled.utf8Names),
    )
  session.recorder.line('C', imapLine(input.firstText))
  const tag = TAG.exec(input.firstText)?.[0] ?? '*'
  if (input.kind === 'refused') session.tagged(tag, input.refusal)
  else if (APPEND.test(input.firstText)) session.tagged(tag, appendExcess[input.kind])
  else session.tagged(tag, bad('That is too much for one command'))
  if (input.kind !== 'refused' && input.isComing) {
    session.bye('A literal is too large')
    session.isLoggingOut = true
  }
  return input.kind === 'refused'
}

const appendExcess: Readonly<Record<Excess, Reply>> = {
  tooLarge: no('That is too large', 'TOOBIG'),
  tooMany: tooManyMessages,
}

function maxCommandBytes(session: ImapSession, firstText: string): number {
  if (!session.isSignedIn()) return limits.MAX_SIGNED_OUT_COMMAND_BYTES
  return limits.MAX_COMMAND_BYTES + (APPEND.test(firstText) ? session.maxAppendBytes : 0)
}

/** What can be refused before the client sends a literal is refused then: a password in clear, a message without room. */
async function refuseLiteral(session: ImapSession, { texts, sizeBytes }: LiteralRequest): Promise<Reply | null> {
  const name = COMMAND_START.exec(texts[0] as string)?.[2]?.toUpperCase()
  if (!session.isSignedIn()) {
    const isHopeless = name === 'LOGIN' && isLoginDisabled(session)
    return isHopeless ? no(session.textOf('tlsRequired'), 'PRIVACYREQUIRED') : null
  }
  // The folder's name may itself be a literal: then there is nothing to check yet.
  if (name !== 'APPEND' || texts.length > 1) return null
  const hasName = /^\S+ \S+ +(?:"(?:[^"\\]|\\.)*"|[^\s"{]+) /.test(texts[0] as string)
  if (!hasName) return null
  if (sizeBytes > session.maxAppendBytes) return no('The message is too large', 'TOOBIG')
  try {
    const args = new ArgumentReader({ texts: texts.slice(0, 1), literals: [] }, session.enabled.utf8Names)
    skipCommandName(args)
    await checkAppend(session, args)
    return null
  } catch (error) {
    return replyFor(session, error)
  }
}

function skipCommandName(args: ArgumentReader): string {
  args.atom()
  args.space()
  const name = args.atom().toUpperCase()
  if (name !== 'UID') return name
  args.space()
  return `UID ${args.atom().toUpperCase()}`
}

async function answer(session: ImapSession, firstText: string, args: ArgumentReader): Promise<boolean> {
  session.recorder.line('C', imapLine(firstText))
  const match = COMMAND_START.exec(firstText)
  if (match === null || FOREIGN.test(firstText)) {
    const isForeign = FOREIGN.test(firstText)
    const tag = isForeign ? '*' : (TAG.exec(firstText)?.[0] ?? '*')
    session.tagged(tag, bad('This is not an IMAP command'))
    if (isForeign) {
      session.recorder.mishap(foreignMishap(firstText))
      session.isLoggingOut = true
    }
    return false
  }
  const tag = match[1] as string
  session.tag = tag
  const command = commands.get(skipCommandName(args))
  const reply = command === undefined ? bad('Unknown command') : await runCommand(session, command, args)
  session.tagged(tag, reply)
  const { afterReply } = session
  session.afterReply = null
  await afterReply?.()
  return reply.status !== 'BAD'
}

function wrongState(session: ImapSession, command: Command): Reply | null {
  if (command.state === 'signedOut' && session.isSignedIn()) return bad('You are logged in already')
  if (command.state === 'signedIn' && !session.isSignedIn()) return bad('Log in first')
  if (command.state === 'selected' && !session.isSelected()) return bad('Select a folder first')
  return null
}

async function runCommand(session: ImapSession, command: Command, args: ArgumentReader): Promise<Reply> {
  const refusal = wrongState(session, command)
  if (refusal) return refusal
  let reply: Reply
  try {
    reply = await (command.run as (session: ImapSession, args: ArgumentReader) => Promise<Reply>)(session, args)
  } catch (error) {
    reply = replyFor(session, error)
  }
  if (reply.status !== 'BAD') await tellChanges(session, command)
  return withHint(session, reply)
}

/** RFC 5530 §3: of an EXPUNGE that is held back the client hears so much that it may ask for it by NOOP. */
function withHint({ folder }: ImapSession, reply: Reply): Reply {
  const isHint = reply.status === 'OK' && reply.code === undefined && folder?.isHoldingBack
  return isHint ? { ...reply, code: 'EXPUNGEISSUED' } : reply
}

/** What other sessions did, before the tagged reply. */
async function tellChanges(session: ImapSession, command: Command): Promise<void> {
  if (!session.isSelected() || session.isLoggingOut) return
  const reports = ('reports' in command && command.reports) || 'always'
  if (reports === 'nothing') return
  try {
    await session.folder.update(session.untagged, {
      mayExpunge: reports === 'changes' || reports === 'always',
      isCertain: reports === 'hint' || reports === 'always',
    })
  } catch (error) {
    if (error instanceof FolderDeleted) throw error
    session.services.onFault(error)
  }
}

const refusals: Readonly<Record<StoreRefusalReason, Reply>> = {
  noSuchFolder: no('There is no such folder', 'NONEXISTENT'),
  folderExists: no('There is a folder of this name already', 'ALREADYEXISTS'),
  nameNotAllowed: no('A folder cannot have this name', 'CANNOT'),
  cannotChangeInbox: no('INBOX cannot be deleted', 'CANNOT'),
  folderHasChildren: no('Delete the folders below it first', 'HASCHILDREN'),
  tooManyFolders: no('There are too many folders', 'LIMIT'),
  diskFull: no('There is not enough space here at the moment, try again later', 'UNAVAILABLE'),
  overQuota: no('The mailbox is full, delete some messages first', 'OVERQUOTA'),
}

/** What the session survives. */
function replyFor(session: ImapSession, error: unknown): Reply {
  if (error instanceof BadSyntax) return bad(error.message)
  if (error instanceof UnknownEncoding) return no('The part has an encoding that is not known', 'UNKNOWN-CTE')
  if (error instanceof StoreRefusal) return refusals[error.reason]
  if (error instanceof MissingTarget) return no('There is no such folder', 'TRYCREATE')
  if (error instanceof WireError || error instanceof AnswerCutShort || error instanceof FolderDeleted) throw error
  session.services.onFault(error)
  session.recordRefusal('That is not possible right now', 'serviceUnavailable')
  return no('That is not possible right now, try again in a minute', 'UNAVAILABLE')
}

/** Says goodbye where the client can still hear it. @returns how the session ended */
function endFor(session: ImapSession, error: unknown): string {
  if (error instanceof SessionInterrupted) {
    if (error.reason === 'maintenance' && !isOpen(session)) return error.reason
    session.bye(farewells[error.reason], isPassing(error.reason) ? 'UNAVAILABLE' : undefined)
    return error.reason
  }
  if (error instanceof TimedOut) {
    session.bye('No command for too long')
    return 'no command for too long'
  }
  if (error instanceof InputEnded) return 'the client closed the connection'
  if (error instanceof FolderDeleted) {
    session.bye('The folder was deleted by another program')
    return 'the folder was deleted'
  }
  if (error instanceof AnswerCutShort) {
    session.connection.destroy()
    return 'a message could not be sent to its end'
  }
  throw error
}
