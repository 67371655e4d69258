/** SMTP replies: three digits, an enhanced status (RFC 2034, RFC 3463) and text, one or several lines (RFC 5321 §4.2.1). */

export type Reply = {
  readonly code: number
  /** null where RFC 2034 §4 has none: the greeting, EHLO's list, 334 and 354 */
  readonly enhanced: string | null
  readonly text: string
}

export function reply(code: number, enhanced: string | null, text: string): Reply {
  return { code, enhanced, text }
}

export function formatReply({ code, enhanced, text }: Reply): string {
  return enhanced === null ? `${code} ${text}\r\n` : `${code} ${enhanced} ${text}\r\n`
}

/** EHLO's answer: every line but the last with a hyphen. */
export function formatLines(code: number, lines: readonly string[]): string {
  return lines.map((line, index) => `${code}${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join('')
}

/** The replies that more than one command gives. */
export const replies = {
  ok: reply(250, '2.0.0', 'OK'),
  bareLineFeed: reply(500, '5.5.2', 'Lines must end with CRLF'),
  lineTooLong: reply(500, '5.5.2', 'Line too long'),
  unknownCommand: reply(500, '5.5.1', 'Command not recognized'),
  badSequence: reply(503, '5.5.1', 'Bad sequence of commands'),
  helloFirst: reply(503, '5.5.1', 'Send EHLO first'),
  noParameters: reply(501, '5.5.4', 'This command takes no parameters'),
  tooManyErrors: reply(421, '4.7.0', 'Too many errors, closing the connection'),
  notMail: reply(421, '4.7.0', 'This is a mail server, closing the connection'),
  shuttingDown: reply(421, '4.3.2', 'The server is restarting, try again in a moment'),
  cutShort: reply(421, '4.4.2', 'The connection ended before the message did, nothing of it was kept'),
  endedByOwner: reply(421, '4.7.0', 'This connection was ended in the portal, closing it'),
  accessChanged: reply(421, '4.7.0', 'Your login is no longer valid, closing the connection'),
  timedOut: reply(421, '4.4.2', 'Timeout, closing the connection'),
  localFault: reply(451, '4.3.0', 'Temporary trouble here, nothing was lost, try again later'),
  crowded: reply(452, '4.3.1', 'Too much mail is coming in at the moment, try again later'),
  diskFull: reply(452, '4.3.1', 'Not enough space here, try again later'),
} as const
