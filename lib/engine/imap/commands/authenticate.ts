/** RFC 9051 §6.2.2 with the initial response of RFC 4959. */

import { saslLine } from '../../events/redact.ts'
import type { AnyCommand } from '../command.ts'
import { concludeLogin } from '../login.ts'
import { readResponseLine } from '../response-line.ts'
import type { ImapSession } from '../session.ts'
import { BadSyntax } from '../wire/syntax.ts'

const MAX_RESPONSE_BYTES = 12_288
const RESPONSE_MS = 120_000
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function decodeBase64(text: string): Buffer {
  if (!BASE64.test(text)) throw new BadSyntax('The login data is not base64')
  return Buffer.from(text, 'base64')
}

async function exchange(session: ImapSession, challenge: Buffer): Promise<Buffer | null> {
  session.recorder.line('S', saslLine)
  session.write(`+ ${challenge.toString('base64')}\r\n`)
  const line = await readResponseLine(session, { maxBytes: MAX_RESPONSE_BYTES, timeoutMs: RESPONSE_MS })
  session.recorder.line('C', saslLine)
  return line.toString('latin1') === '*' ? null : decodeBase64(line.toString('latin1'))
}

export const authenticate: AnyCommand = {
  state: 'signedOut',
  async run(session, args) {
    args.space()
    const mechanism = args.atom().toUpperCase()
    let initial: Buffer | null = null
    if (!args.isAtEnd) args.space()
    // mutt writes the space also where nothing follows it (CRAM-MD5).
    if (!args.isAtEnd) {
      const text = args.astring()
      initial = text === '=' ? Buffer.alloc(0) : decodeBase64(text)
      args.end()
    }
    const { authenticator } = session.services
    const witness = session.recorder.login.bind(session.recorder)
    const attempt = { session: session.facts, scope: 'imap' as const, mechanism, witness }
    const result = await authenticator.withSasl(attempt, initial, (challenge) => exchange(session, challenge))
    return concludeLogin(session, result)
  },
}
