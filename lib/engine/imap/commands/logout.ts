import { type AnyCommand, ok } from '../command.ts'

export const logout: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.end()
    session.isLoggingOut = true
    session.bye('Logging out')
    return ok('Goodbye')
  },
}
