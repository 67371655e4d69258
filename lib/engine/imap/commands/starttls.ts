/**
 * RFC 9051 §6.2.1. What came before TLS is forgotten by the runtime: bytes behind the command close the connection
 * (CVE-2011-0411 and its kin).
 */

import { canStartTls } from '../capabilities.ts'
import type { AnyCommand } from '../command.ts'
import { bad, ok } from '../reply.ts'

export const starttls: AnyCommand = {
  state: 'signedOut',
  run(session, args) {
    args.end()
    if (!canStartTls(session)) return bad('TLS is not available here, or already on')
    session.afterReply = () => session.connection.startTls()
    return ok('Begin TLS now')
  },
}
