import type { SessionCommand } from '../command.ts'

/**
 * USER (RFC 1939 §7). Every name gets "+OK": who has a mailbox here is nobody's business. Where a password must not be
 * shown, the client is stopped here, before it sends one.
 */
export const user: SessionCommand = {
  state: 'authorization',
  run(session, argument) {
    const { listener, tls } = session.facts
    const verdict = session.services.policy.decide({ stage: 'authenticate', listener, mechanism: 'PLAIN', tls })
    if (verdict.outcome !== 'accept') {
      session.refuseFor(verdict.outcome === 'reject' || verdict.outcome === 'defer' ? verdict.reason : 'notDecided')
      return 'continue'
    }
    session.userName = argument.trim()
    if (session.userName === '') session.error('Syntax: USER name')
    else session.ok('Now the password')
    return 'continue'
  },
}
