import { ok, type SignedInCommand } from '../command.ts'

/** RFC 2342: everything is the owner's own. */
export const namespace: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    args.end()
    session.untagged('NAMESPACE (("" "/")) NIL NIL')
    return ok('Done')
  },
}
