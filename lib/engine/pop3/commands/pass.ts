import type { Next, SessionCommand } from '../command.ts'
import { concludeLogin } from '../login.ts'

/** PASS (RFC 1939 §7): all that follows the one space is the password. */
export const pass: SessionCommand = {
  state: 'authorization',
  async run(session, argument): Promise<Next> {
    if (!session.userName) {
      session.error('Send USER first')
      return 'continue'
    }
    const attempt = {
      session: session.facts,
      scope: 'pop' as const,
      mechanism: 'USER/PASS',
      witness: session.recorder.login.bind(session.recorder),
    }
    const result = await session.services.authenticator.withPassword(attempt, session.userName, argument)
    return concludeLogin(session, result)
  },
}
