/** RFC 5161. Names that mean nothing here are ignored, as §3.1 wants. */
import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'

export const enable: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    const names: string[] = []
    do {
      args.space()
      names.push(args.atom().toUpperCase())
    } while (!args.isAtEnd)
    const isCondstoreNew = names.includes('CONDSTORE') && !session.hasCondstore
    if (isCondstoreNew) session.hasCondstore = true
    session.untagged(`ENABLED${isCondstoreNew ? ' CONDSTORE' : ''}`)
    return ok('Done')
  },
}
