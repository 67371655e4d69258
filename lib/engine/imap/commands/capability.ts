import { capabilities } from '../capabilities.ts'
import { type AnyCommand, ok } from '../command.ts'

export const capability: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.end()
    session.untagged(`CAPABILITY ${capabilities(session)}`)
    return ok('Done')
  },
}
