/**
 * EHLO and HELO (RFC 5321 §4.1.1.1). The name is never a reason to refuse: old clients send NetBIOS names, underscores
 * and Shift_JIS. It is only ever shown escaped.
 */

import type { Command } from '../command.ts'
import { limitsFor } from '../limits.ts'
import type { SmtpSession } from '../session.ts'
import { formatLines, reply } from '../wire/reply.ts'

const MAX_NAME = 255

export const hello: Command = (session, argument, verb) => {
  if (argument === '') {
    session.refuse(reply(501, '5.5.4', `Syntax: ${verb} name`))
    return 'continue'
  }
  session.resetTransaction()
  session.greeting = { name: argument.slice(0, MAX_NAME), isExtended: verb === 'EHLO' }
  if (verb === 'HELO') {
    session.send(reply(250, null, session.hostName))
    return 'continue'
  }
  const lines = [session.hostName, ...extensions(session)]
  session.sendLines(250, formatLines(250, lines), lines.at(-1) ?? '')
  return 'continue'
}

function extensions(session: SmtpSession): string[] {
  const { connection, services, role } = session
  const offered = ['PIPELINING', `SIZE ${limitsFor(session).maxMessageBytes}`, '8BITMIME', 'SMTPUTF8', 'DSN']
  if (connection.listener.tls === 'starttls' && connection.tls === null) offered.push('STARTTLS')
  const mechanisms = role === 'submission' ? services.authenticator.mechanismsFor(session.facts).join(' ') : ''
  if (mechanisms !== '') {
    offered.push(`AUTH ${mechanisms}`)
    // Outlook Express 4 and its age know this form only; elsewhere it would only puzzle.
    if (connection.listener.name === 'submissionLegacy') offered.push(`AUTH=${mechanisms}`)
  }
  return [...offered, 'ENHANCEDSTATUSCODES', 'HELP']
}
