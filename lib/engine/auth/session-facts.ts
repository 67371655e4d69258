import type { Connection } from '../runtime/connection.ts'
import type { SessionFacts } from './identity.ts'

/**
 * What a login is judged by, as this connection is now: TLS may have begun meanwhile.
 * @param clientName what the program calls itself, where it has said so
 */
export function sessionFactsOf(connection: Connection, clientName: string | null = null): SessionFacts {
  const { id, listener, remoteAddress, tls, serverName } = connection
  return {
    sessionId: id,
    listener: listener.name,
    address: remoteAddress,
    tls: tls !== null,
    serverName,
    isOldAddress: listener.isOldHost,
    clientName,
    bindingOf: (type) => connection.channelBinding(type),
  }
}
