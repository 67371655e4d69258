/**
 * An mbox file: messages one after the other, each behind a "From " line after an empty one (RFC 4155). Pure.
 *
 * What UW IMAP, Dovecot and POP3 servers keep in the header (Status, X-Status, X-Keywords, X-UID, X-IMAP, X-IMAPbase) is
 * read and taken out, as they do when they show a message. ">From " loses one ">" (mboxrd).
 */

export type MboxMessage = {
  readonly content: Buffer
  readonly date: Date | null
  readonly uid: number | null
  readonly flags: readonly string[]
}

export type MboxFile = {
  readonly uidValidity: number | null
  readonly messages: readonly MboxMessage[]
}

const STATUS_LETTERS: Readonly<Record<string, string>> = {
  R: '\\Seen',
  A: '\\Answered',
  F: '\\Flagged',
  D: '\\Deleted',
  T: '\\Draft',
}
const KEPT_BY_SERVERS = /^(?:Status|X-Status|X-Keywords|X-UID|X-IMAP|X-IMAPbase):/i

export function readMbox(file: Buffer): MboxFile {
  const text = file.toString('latin1').replaceAll('\r\n', '\n')
  const starts = [...text.matchAll(/(?:^|\n\n)From [^\n]*\n/g)].map(({ index, 0: line }) => ({
    end: index === 0 && !line.startsWith('\n') ? 0 : index + 1,
    begin: index + line.length,
    line: line.trimStart(),
  }))
  let uidValidity: number | null = null
  const messages = starts.flatMap(({ begin, line }, at) => {
    const raw = text.slice(begin, starts[at + 1]?.end ?? text.length)
    const { message, base } = readMessage(raw, line)
    uidValidity ??= base
    return /^Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA$/m.test(raw) ? [] : [message]
  })
  return { uidValidity, messages }
}

function readMessage(raw: string, fromLine: string): { message: MboxMessage; base: number | null } {
  const end = raw.indexOf('\n\n')
  const [header, rest] = end < 0 ? [raw, ''] : [raw.slice(0, end + 1), raw.slice(end + 1)]
  const fields = header.split(/\n(?![ \t])/).filter((field) => field !== '')
  const fieldOf = (name: string) => {
    const field = fields.find((each) => each.toLowerCase().startsWith(`${name}:`)) ?? ''
    return field
      .slice(name.length + 1)
      .replace(/\n[ \t]+/g, ' ')
      .trim()
  }
  const letters = `${fieldOf('status')}${fieldOf('x-status')}`
  const flags = [...letters].flatMap((letter) => STATUS_LETTERS[letter] ?? [])
  const keywords = fieldOf('x-keywords').split(/\s+/).filter(Boolean)
  const shown = fields.filter((field) => !KEPT_BY_SERVERS.test(field)).map((field) => `${field}\n`)
  const content = `${shown.join('')}${rest.replace(/^>(>*From )/gm, '$1')}`.replaceAll('\n', '\r\n')
  const date = new Date(fromLine.replace(/^From \S+\s+/, ''))
  const uid = Number(fieldOf('x-uid'))
  const base = Number(/^(\d+)/.exec(fieldOf('x-imapbase') || fieldOf('x-imap'))?.[1] ?? 0)
  return {
    message: {
      content: Buffer.from(content, 'latin1'),
      date: Number.isNaN(date.getTime()) ? null : date,
      uid: Number.isInteger(uid) && uid > 0 ? uid : null,
      flags: [...flags, ...keywords],
    },
    base: base > 0 ? base : null,
  }
}
