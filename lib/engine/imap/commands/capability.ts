import { capabilities } from '../capabilities.ts'
import type { AnyCommand } from '../command.ts'
import { ok } from '../reply.ts'

export const capability: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.end()
    session.untagged(`CAPABILITY ${capabilities(session)}`)
    return ok('Done')
  },
}
