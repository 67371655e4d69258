/**
 * COMPRESS DEFLATE (RFC 4978), after the login only: a stranger gets no memory for it. TLS itself never compresses here
 * (Node's OpenSSL has none), so bytes are never compressed twice.
 */
import type { SignedInCommand } from '../command.ts'
import { no, ok } from '../reply.ts'

export const compress: SignedInCommand = {
  state: 'signedIn',
  reports: 'nothing',
  run(session, args) {
    args.space()
    const mechanism = args.atom().toUpperCase()
    args.end()
    if (mechanism !== 'DEFLATE') return no('Only DEFLATE is known', 'CANNOT')
    if (session.connection.isCompressed) return no('Compression is on already', 'COMPRESSIONACTIVE')
    session.afterReply = () => session.connection.startCompression()
    return ok('Begin compression now')
  },
}
