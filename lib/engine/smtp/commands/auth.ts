/**
 * AUTH (RFC 4954). smtp and mx have none: there the answer names the right host.
 * Refuses: a second login, a login in the middle of a transaction, responses that are no base64 or no line.
 */
import type { LoginResult } from '../../auth/identity.ts'
import { saslLine } from '../../events/redact.ts'
import { BareLineFeed, LineTooLong } from '../../runtime/errors.ts'
import type { Command } from '../command.ts'
import type { SmtpSession } from '../session.ts'
import { type Reply, replies, reply } from '../wire/reply.ts'

/** RFC 4954 §4: longer than any line of a mechanism that we know. */
const MAX_RESPONSE_BYTES = 12_288
const RESPONSE_MS = 120_000
const MAX_FAILED_LOGINS = 5
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

class NotBase64 extends Error {}

export const auth: Command = async (session, argument) => {
  if (session.role !== 'submission') {
    session.refuseFor('authNotOffered')
    return 'continue'
  }
  const fault = sequenceFault(session, argument)
  if (fault !== null) {
    session.refuse(fault)
    return 'continue'
  }
  const [mechanism = '', initial] = argument.split(' ')
  try {
    return conclude(session, mechanism.toUpperCase(), await exchangeLogin(session, mechanism.toUpperCase(), initial))
  } catch (error) {
    const fault = responseFault(error)
    if (fault === null) throw error
    session.refuse(fault)
    return 'continue'
  }
}

function sequenceFault(session: SmtpSession, argument: string) {
  if (session.greeting === null) return replies.helloFirst
  if (session.identity !== null) return reply(503, '5.5.1', 'You are logged in already')
  if (session.transaction !== null) return replies.badSequence
  return /^[A-Za-z0-9_-]{1,20}(?: \S+)?$/.test(argument) ? null : reply(501, '5.5.4', 'Syntax: AUTH mechanism')
}

/** @returns null for what is no fault of the response */
function responseFault(error: unknown): Reply | null {
  if (error instanceof NotBase64) return reply(501, '5.5.2', 'The response is not base64')
  if (error instanceof LineTooLong) return reply(500, '5.5.6', 'The response is too long')
  return error instanceof BareLineFeed ? replies.bareLineFeed : null
}

function exchangeLogin(session: SmtpSession, mechanism: string, initial: string | undefined): Promise<LoginResult> {
  const attempt = {
    session: session.facts,
    scope: 'submission' as const,
    mechanism,
    witness: (login: Parameters<SmtpSession['recorder']['login']>[0]) => session.recorder.login(login),
  }
  // RFC 4954 §4: "=" stands for an initial response of no bytes.
  const first = initial === undefined ? null : initial === '=' ? Buffer.alloc(0) : decode(initial)
  return session.services.authenticator.withSasl(attempt, first, (challenge) => ask(session, challenge))
}

async function ask(session: SmtpSession, challenge: Buffer): Promise<Buffer | null> {
  session.recorder.line('S', '334 …')
  session.connection.write(`334 ${challenge.toString('base64')}\r\n`)
  const line = await session.connection.readLine({ maxBytes: MAX_RESPONSE_BYTES, timeoutMs: RESPONSE_MS })
  session.recorder.line('C', saslLine)
  const text = line.toString('latin1')
  return text === '*' ? null : decode(text)
}

function decode(text: string): Buffer {
  if (!BASE64.test(text)) throw new NotBase64()
  return Buffer.from(text, 'base64')
}

function conclude(session: SmtpSession, mechanism: string, result: LoginResult): 'continue' | 'close' {
  if (result.outcome === 'accepted') {
    session.login(result.identity, mechanism)
    session.send(reply(235, '2.7.0', 'Logged in'))
    return 'continue'
  }
  if (result.outcome === 'refused') {
    const { code, enhanced, text } = result.refusal
    session.send(reply(code, enhanced, text))
  } else if (result.outcome === 'cancelled') session.refuse(reply(501, '5.7.0', 'Login cancelled'))
  else session.refuse(reply(501, '5.5.2', 'The response cannot be read'))
  session.failedLogins += 1
  if (session.failedLogins < MAX_FAILED_LOGINS) return 'continue'
  session.refuse(reply(421, '4.7.0', 'Too many failed logins, closing the connection'))
  return 'close'
}
