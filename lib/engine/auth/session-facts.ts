import type { Connection } from '../runtime/connection.ts'
import type { SessionFacts } from './identity.ts'

/** What a login is judged by, as this connection is now: TLS may have begun meanwhile. */
export function sessionFactsOf(connection: Connection): SessionFacts {
  const { id, listener, remoteAddress, tls } = connection
  return {
    sessionId: id,
    listener: listener.name,
    address: remoteAddress,
    tls: tls !== null,
    bindingOf: (type) => connection.channelBinding(type),
  }
}
