/** RSET, NOOP, QUIT, VRFY, EXPN, HELP, BDAT. */
import type { Command } from '../command.ts'
import { replies, reply } from '../wire/reply.ts'

export const rset: Command = (session, argument) => {
  if (argument !== '') session.refuse(replies.noParameters)
  else {
    session.resetTransaction()
    session.send(replies.ok)
  }
  return 'continue'
}

export const noop: Command = (session) => {
  session.send(replies.ok)
  return 'continue'
}

export const quit: Command = (session) => {
  session.send(reply(221, '2.0.0', `${session.hostName} closing connection`))
  return 'close'
}

/** RFC 5321 §3.5.3: we do not say who has a mailbox here. */
export const vrfy: Command = (session) => {
  session.send(reply(252, '2.1.5', 'Send some mail, I will try my best'))
  return 'continue'
}

export const expn: Command = (session) => {
  session.send(reply(502, '5.5.1', 'Lists are not shown'))
  return 'continue'
}

export const help: Command = (session) => {
  const { portalUrl } = session.services.reasonContext()
  session.send(reply(214, '2.0.0', `See ${portalUrl}/guides`))
  return 'continue'
}

/** Not offered, see server.ts; the chunk cannot be told from commands, so the session ends. */
export const bdat: Command = (session) => {
  session.refuse(reply(502, '5.5.1', 'BDAT is not offered'))
  return 'close'
}
