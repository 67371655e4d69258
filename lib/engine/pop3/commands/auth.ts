/**
 * AUTH (RFC 5034), and AUTH without an argument, by which clients from before CAPA ask for the mechanisms.
 * Refuses: responses that are no base64 or no line.
 */
import type { LoginResult } from '../../auth/identity.ts'
import { saslLine } from '../../events/redact.ts'
import { BareLineFeed, LineTooLong } from '../../runtime/errors.ts'
import type { Next, SessionCommand } from '../command.ts'
import { concludeLogin } from '../login.ts'
import type { Pop3Session } from '../session.ts'

const MAX_RESPONSE_BYTES = 12_288
const RESPONSE_MS = 120_000
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const ARGUMENT = /^(?<mechanism>[A-Za-z0-9_-]{1,20})(?: (?<initial>\S+))?$/

class NotBase64 extends Error {}

export const auth: SessionCommand = {
  state: 'authorization',
  async run(session, argument): Promise<Next> {
    if (argument.trim() === '') return listMechanisms(session)
    const words = ARGUMENT.exec(argument.trim())?.groups
    if (words?.mechanism === undefined) {
      session.error('Syntax: AUTH mechanism')
      return 'continue'
    }
    try {
      return concludeLogin(session, await exchangeLogin(session, words.mechanism.toUpperCase(), words.initial))
    } catch (error) {
      const isBadResponse = error instanceof NotBase64 || error instanceof LineTooLong || error instanceof BareLineFeed
      if (!isBadResponse) throw error
      return concludeLogin(session, { outcome: 'malformed' })
    }
  },
}

function listMechanisms(session: Pop3Session): 'continue' {
  const mechanisms = session.services.authenticator.mechanismsFor(session.facts)
  session.ok('Mechanisms follow')
  session.write(`${[...mechanisms, '.'].join('\r\n')}\r\n`)
  return 'continue'
}

function exchangeLogin(session: Pop3Session, mechanism: string, initial: string | undefined): Promise<LoginResult> {
  const attempt = {
    session: session.facts,
    scope: 'pop' as const,
    mechanism,
    witness: session.recorder.login.bind(session.recorder),
  }
  // RFC 5034 §4: "=" stands for an initial response of no bytes.
  const first = initial === undefined ? null : initial === '=' ? Buffer.alloc(0) : decode(initial)
  return session.services.authenticator.withSasl(attempt, first, (challenge) => ask(session, challenge))
}

async function ask(session: Pop3Session, challenge: Buffer): Promise<Buffer | null> {
  session.recorder.line('S', '+ …')
  session.write(`+ ${challenge.toString('base64')}\r\n`)
  const line = await session.connection.readLine({ maxBytes: MAX_RESPONSE_BYTES, timeoutMs: RESPONSE_MS })
  session.recorder.line('C', saslLine)
  const text = line.toString('latin1')
  return text === '*' ? null : decode(text)
}

function decode(text: string): Buffer {
  if (!BASE64.test(text)) throw new NotBase64()
  return Buffer.from(text, 'base64')
}
