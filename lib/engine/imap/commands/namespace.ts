import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'

/** RFC 2342: everything is the owner's own. */
export const namespace: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    args.end()
    session.untagged('NAMESPACE (("" "/")) NIL NIL')
    return ok('Done')
  },
}
