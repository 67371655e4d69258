import type { Next, SessionCommand } from '../command.ts'
import { concludeLogin } from '../login.ts'

/**
 * APOP (RFC 1939 §7), over the stamp of the greeting. Where that had none, whoever has APOP set is told what to change,
 * not that the password is wrong.
 */
export const apop: SessionCommand = {
  state: 'authorization',
  async run(session, argument): Promise<Next> {
    if (session.stamp === null) {
      const advice = 'APOP is not offered here, set your mail program to password login with SSL/TLS'
      session.refuse(advice, undefined, 'mechanismNotAllowed')
      return 'continue'
    }
    const attempt = {
      session: session.facts,
      scope: 'pop' as const,
      witness: session.recorder.login.bind(session.recorder),
    }
    return concludeLogin(session, await session.services.authenticator.withApop(attempt, argument, session.stamp))
  },
}
