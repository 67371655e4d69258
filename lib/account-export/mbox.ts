/**
 * A folder as one text file that other mail programs import: the "mboxrd" form of RFC 4155, appendix A. A line of a
 * message that would begin another one gets a ">" before it, and so does one that already has some, so that what comes
 * out of it again is byte for byte what went in.
 */
import { flagNames, type MessageFlags } from '#lib/mail/message-flags.ts'

export type ExportedMessage = MessageFlags & { readonly internalDate: Date; readonly content: Buffer }

export function mboxEntry({ internalDate, content, ...state }: ExportedMessage): Buffer {
  const text = content.toString('latin1').replaceAll('\r\n', '\n')
  const quoted = text.replaceAll(/^(>*From )/gm, '>$1')
  const ending = quoted.endsWith('\n') ? '\n' : '\n\n'
  return Buffer.from(`From MAILER-DAEMON ${asctime(internalDate)}\n${stateHeaders(state)}${quoted}${ending}`, 'latin1')
}

/** "Sat Nov 28 01:02:03 2026", in UTC. */
function asctime(date: Date): string {
  const [weekday = '', day, month, year, time] = date.toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${time} ${year}`
}

/** As mutt, Dovecot and Thunderbird read them. */
function stateHeaders(state: MessageFlags): string {
  const names = flagNames(state)
  const letters = (table: Record<string, string>) => names.map((name) => table[name] ?? '').join('')
  const keywords = names.filter((name) => !name.startsWith('\\')).join(' ')
  const lines = [
    `Status: ${letters({ '\\Seen': 'R' })}O`,
    `X-Status: ${letters({ '\\Answered': 'A', '\\Flagged': 'F', '\\Draft': 'T', '\\Deleted': 'D' })}`,
    ...(keywords === '' ? [] : [`X-Keywords: ${keywords}`]),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
