/** RFC 9051 §6.2.3. Passwords with 8-bit bytes in quotes are taken as UTF-8 or as what old clients mean by them. */
import type { AnyCommand } from '../command.ts'
import { concludeLogin } from '../login.ts'

export const login: AnyCommand = {
  state: 'signedOut',
  async run(session, args) {
    args.space()
    const loginName = args.text()
    args.space()
    const password = args.text()
    args.end()
    const { authenticator } = session.services
    const witness = session.recorder.login.bind(session.recorder)
    const attempt = { session: session.facts, scope: 'imap' as const, mechanism: 'LOGIN command', witness }
    return concludeLogin(session, await authenticator.withPassword(attempt, loginName, password))
  },
}
