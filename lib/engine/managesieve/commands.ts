/** The commands of RFC 5804 §2, each with exactly one reply. */

import { faultLine } from '#lib/sieve/fault-texts.ts'
import { MAX_SCRIPT_BYTES } from '#lib/sieve/limits.ts'
import type { LoginResult } from '../auth/identity.ts'
import type { ScriptRefusal, ScriptStore } from '../sieve/script-store.ts'
import { writeCapabilities } from './capabilities.ts'
import type { ManageSieveSession } from './session.ts'
import { type Argument, readString, wireString } from './wire/command-reader.ts'

type SignedOut = (session: ManageSieveSession, args: readonly Argument[]) => void | Promise<void>
type SignedIn = (session: ManageSieveSession, texts: readonly string[], scripts: ScriptStore) => void | Promise<void>

export const MAX_RESPONSE_BYTES = 12_288
const RESPONSE_MS = 120_000
const MAX_FAILED_LOGINS = 5
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
/** RFC 5804 §1.6 */
const SCRIPT_NAME = /^[^\x00-\x1f\x7f-\x9f\u2028\u2029/]{1,128}$/

class NotBase64 extends Error {}

function decode(text: string): Buffer {
  if (!BASE64.test(text)) throw new NotBase64()
  return Buffer.from(text, 'base64')
}

const textsOf = (args: readonly Argument[]) => args.flatMap((each) => (each.kind === 'string' ? each.text : []))

async function authenticate(session: ManageSieveSession, args: readonly Argument[]): Promise<void> {
  const [mechanism, initial] = textsOf(args)
  if (session.scripts !== null) return session.no('You are logged in already')
  if (mechanism === undefined) return session.no('Syntax: AUTHENTICATE "mechanism"')
  const { authenticator } = session.services
  const witness = session.recorder.login.bind(session.recorder)
  const attempt = { session: session.facts, scope: 'sieve' as const, mechanism: mechanism.toUpperCase(), witness }
  const ask = async (challenge: Buffer) => {
    session.write(`${wireString(challenge.toString('base64'))}\r\n`)
    const text = await readString(session.connection, { maxLiteralBytes: MAX_RESPONSE_BYTES, timeoutMs: RESPONSE_MS })
    return text === '*' ? null : decode(text ?? '?')
  }
  try {
    const first = initial === undefined ? null : decode(initial)
    concludeLogin(session, await authenticator.withSasl(attempt, first, ask))
  } catch (error) {
    if (!(error instanceof NotBase64)) throw error
    concludeLogin(session, { outcome: 'malformed' })
  }
}

function concludeLogin(session: ManageSieveSession, result: LoginResult): void {
  if (result.outcome === 'accepted') {
    session.signIn(result.identity)
    session.ok('Logged in')
    return
  }
  session.failedLogins += 1
  const isLast = session.failedLogins >= MAX_FAILED_LOGINS
  if (result.outcome !== 'refused') session.no('The login data cannot be read, or the login was cancelled')
  else {
    const { reason, temporary, text } = result.refusal
    session.no(text, temporary ? 'TRYLATER' : reason === 'tlsRequired' ? 'ENCRYPT-NEEDED' : '')
  }
  if (isLast) session.bye('Too many failed logins')
}

/** What was said before it counts no more; bytes that wait behind it end the connection (Connection.startTls). */
async function startTls(session: ManageSieveSession): Promise<void> {
  const { connection } = session
  if (connection.tls !== null || connection.listener.tls !== 'starttls') return session.no('TLS is not offered here')
  if (session.scripts !== null) return session.no('Start TLS before the login')
  session.ok('Begin TLS')
  await connection.startTls()
  writeCapabilities(session)
  session.ok('TLS is on')
}

export const anyTime: Readonly<Record<string, SignedOut>> = {
  AUTHENTICATE: authenticate,
  STARTTLS: startTls,
  CAPABILITY: (session) => {
    writeCapabilities(session)
    session.ok('Capabilities are listed')
  },
  LOGOUT: (session) => {
    session.ok('Goodbye')
    session.isEnding = true
  },
  UNAUTHENTICATE: (session) => {
    if (session.scripts === null) return session.no('You are not logged in')
    session.signOut()
    session.ok('Logged out, log in again if you like')
  },
  NOOP: (session, args) => {
    const [tag] = textsOf(args)
    session.ok('Done', tag === undefined ? '' : `TAG ${wireString(tag)}`)
  },
}

const refusals: Readonly<Record<Exclude<ScriptRefusal['kind'], 'faulty'>, { text: string; code: string }>> = {
  missing: { text: 'There is no script of this name', code: 'NONEXISTENT' },
  active: { text: 'This script is active, activate another one first', code: 'ACTIVE' },
  exists: { text: 'There is a script of this name already', code: 'ALREADYEXISTS' },
  tooMany: { text: 'There are too many scripts, delete one first', code: 'QUOTA/MAXSCRIPTS' },
}

function conclude(session: ManageSieveSession, refusal: ScriptRefusal | null): void {
  if (refusal === null) session.ok('Done')
  else if (refusal.kind === 'faulty') session.no(faultLine(refusal.fault).en)
  else session.no(refusals[refusal.kind].text, refusals[refusal.kind].code)
}

async function haveSpace(session: ManageSieveSession, name: string, bytes: number, scripts: ScriptStore) {
  if (bytes > MAX_SCRIPT_BYTES) return session.no('The script is too large', 'QUOTA/MAXSIZE')
  conclude(session, (await scripts.hasRoomFor(name)) ? null : { kind: 'tooMany' })
}

async function list(session: ManageSieveSession, scripts: ScriptStore): Promise<void> {
  for (const { name, isActive } of await scripts.list()) {
    session.write(`${wireString(name)}${isActive ? ' ACTIVE' : ''}\r\n`)
  }
  session.ok('Scripts are listed')
}

async function get(session: ManageSieveSession, name: string, scripts: ScriptStore): Promise<void> {
  const content = await scripts.read(name)
  if (content === null) return conclude(session, { kind: 'missing' })
  session.write(`{${Buffer.byteLength(content)}}\r\n${content}\r\n`)
  session.ok('Here it is')
}

type ScriptCommand = {
  /** how many strings it takes; the first `names` of them are names of scripts */
  readonly texts: number
  readonly names: number
  readonly run: SignedIn
}

export const withScripts: Readonly<Record<string, ScriptCommand>> = {
  LISTSCRIPTS: { texts: 0, names: 0, run: (session, _, scripts) => list(session, scripts) },
  GETSCRIPT: { texts: 1, names: 1, run: (session, [name = ''], scripts) => get(session, name, scripts) },
  CHECKSCRIPT: {
    texts: 1,
    names: 0,
    run: async (session, [content = ''], scripts) => conclude(session, await scripts.check(content)),
  },
  PUTSCRIPT: {
    texts: 2,
    names: 1,
    run: async (session, [name = '', content = ''], scripts) => conclude(session, await scripts.put(name, content)),
  },
  SETACTIVE: {
    texts: 1,
    names: 0,
    run: async (session, [name = ''], scripts) => conclude(session, await scripts.activate(name)),
  },
  DELETESCRIPT: {
    texts: 1,
    names: 1,
    run: async (session, [name = ''], scripts) => conclude(session, await scripts.remove(name)),
  },
  RENAMESCRIPT: {
    texts: 2,
    names: 2,
    run: async (session, [from = '', to = ''], scripts) => conclude(session, await scripts.rename(from, to)),
  },
}

export async function runWithScripts(
  session: ManageSieveSession,
  name: string,
  args: readonly Argument[],
  scripts: ScriptStore,
): Promise<void> {
  const texts = textsOf(args)
  const [, size] = args
  if (name === 'HAVESPACE' && texts[0] !== undefined && size?.kind === 'number') {
    return haveSpace(session, texts[0], size.value, scripts)
  }
  const command = Object.hasOwn(withScripts, name) ? withScripts[name] : undefined
  if (command === undefined) return session.no('Unknown command')
  if (texts.length !== command.texts || args.length !== texts.length) return session.no(`${name} needs other arguments`)
  const isNamed = texts.slice(0, command.names).every((text) => SCRIPT_NAME.test(text))
  if (!isNamed) return session.no('A script cannot have this name')
  await command.run(session, texts, scripts)
}
