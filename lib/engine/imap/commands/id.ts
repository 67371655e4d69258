/** RFC 2971. What the client says about itself is part of the session's record: it tells the owner which program it was. */
import type { AnyCommand } from '../command.ts'
import { ok } from '../reply.ts'

const MAX_VALUES = 60

export const id: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.space()
    let count = 0
    const readValue = () => {
      count += 1
      return count > MAX_VALUES ? null : args.nstring()
    }
    if (args.peek() === '(') args.list(readValue)
    else args.nstring()
    args.end()
    session.untagged('ID ("name" "mail-engine")')
    return ok('Pleased to meet you')
  },
}
