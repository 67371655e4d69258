import type { Next, SessionCommand } from '../command.ts'

/**
 * STLS (RFC 2595 §4). What was said before it counts no more; bytes that were waiting behind it end the connection
 * (Connection.startTls), because nobody can say who sent them.
 */
export const stls: SessionCommand = {
  state: 'authorization',
  async run(session): Promise<Next> {
    const { connection } = session
    if (connection.tls !== null) session.error('TLS is on already')
    else if (connection.listener.tls !== 'starttls') session.error('TLS is not offered on this port')
    else {
      session.userName = null
      session.ok('Begin TLS')
      await connection.startTls()
    }
    return 'continue'
  },
}
