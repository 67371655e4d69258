import type { AnyCommand } from '../command.ts'
import { ok } from '../reply.ts'

export const logout: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.end()
    session.isLoggingOut = true
    session.bye('Logging out')
    return ok('Goodbye')
  },
}
