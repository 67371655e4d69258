/**
 * The messages of an APPEND: flags, date and content of each (RFC 9051 §6.3.12; several of them are MULTIAPPEND, RFC 3502;
 * `UTF8 (…)` is RFC 6855 §4; literal8 is RFC 3516 §4.4).
 *
 * Line breaks are made CRLF, because other clients will read the message by POP3; bytes are otherwise kept as they are.
 * What comes as a literal8 is kept untouched: binary content has no lines.
 */
import type { NewMessage } from '../../store/mailbox-store.ts'
import { parseDateTime } from './date-time.ts'
import { readFlagList } from './flag-list.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

const CR = 0x0d
const LF = 0x0a

export type AppendedMessage = NewMessage & { readonly isBinary: boolean }

function countBareLineFeeds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) if (bytes[at - 1] !== CR) count += 1
  return count
}

/** In one piece: a message of line feeds alone has millions of them. @returns the same buffer when there is nothing to mend */
function withCrlf(bytes: Buffer): Buffer {
  const missing = countBareLineFeeds(bytes)
  if (missing === 0) return bytes
  const mended = Buffer.allocUnsafe(bytes.length + missing)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === LF && bytes[at - 1] !== CR) mended[length++] = CR
    mended[length++] = bytes[at] as number
  }
  return mended
}

function readDate(args: ArgumentReader): Date {
  if (args.peek() !== '"') return new Date()
  const date = parseDateTime(args.astring())
  if (date === null) throw new BadSyntax('The date is not valid')
  args.space()
  return date
}

function readContent(args: ArgumentReader): Pick<AppendedMessage, 'content' | 'isBinary'> {
  const isUtf8 = args.skipText('UTF8 (')
  const isBinary = args.skip('~')
  const content = args.literal()
  if (content === null || (isUtf8 && !isBinary)) throw new BadSyntax('The message is missing')
  if (isUtf8) args.expect(')')
  return { content: isBinary ? content : withCrlf(content), isBinary }
}

function readMessage(args: ArgumentReader): AppendedMessage {
  args.space()
  let flags = { flags: 0, keywords: [] as readonly string[] }
  if (args.peek() === '(') {
    flags = readFlagList(args)
    args.space()
  }
  const internalDate = readDate(args)
  return { ...flags, internalDate, ...readContent(args) }
}

/** At least one, up to the end of the command. */
export function readAppendedMessages(args: ArgumentReader): AppendedMessage[] {
  const messages: AppendedMessage[] = []
  do messages.push(readMessage(args))
  while (!args.isAtEnd)
  return messages
}
