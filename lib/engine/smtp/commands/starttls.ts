/** STARTTLS (RFC 3207). Input that waits behind it closes the connection: somebody injected it (CVE-2011-0411). */
import type { Command } from '../command.ts'
import { replies, reply } from '../wire/reply.ts'

export const startTls: Command = async (session, argument) => {
  const { connection } = session
  if (argument !== '') session.refuse(replies.noParameters)
  else if (connection.tls !== null) session.refuse(reply(503, '5.5.1', 'TLS is already on'))
  else if (connection.listener.tls !== 'starttls') session.refuse(reply(502, '5.5.1', 'STARTTLS is not offered here'))
  else if (connection.hasPendingInput()) {
    connection.destroy()
    return 'close'
  } else {
    session.send(reply(220, '2.0.0', 'Ready to start TLS'))
    await connection.startTls()
    session.forgetEverything()
  }
  return 'continue'
}
