import type { SessionCommand } from '../command.ts'
import type { Pop3Session } from '../session.ts'

/**
 * CAPA (RFC 2449). What it says is what the policy allows on this connection at this moment; a client may ask again
 * after STLS and after its login (§5).
 */
export const capa: SessionCommand = {
  state: 'any',
  run(session) {
    session.ok('Capabilities follow')
    session.write(`${[...capabilities(session), '.'].join('\r\n')}\r\n`)
    return 'continue'
  },
}

function capabilities(session: Pop3Session): string[] {
  const { connection, services } = session
  const mechanisms = services.authenticator.mechanismsFor(session.facts)
  const names = [
    'TOP',
    'UIDL',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'PIPELINING',
    'EXPIRE NEVER',
    'IMPLEMENTATION Infonia-Mail',
  ]
  if (mechanisms.includes('PLAIN')) names.push('USER')
  if (mechanisms.length > 0) names.push(`SASL ${mechanisms.join(' ')}`)
  if (connection.listener.tls === 'starttls' && connection.tls === null && !session.isInTransaction())
    names.push('STLS')
  return names
}
