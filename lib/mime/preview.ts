/**
 * The first words of a message, for lists of messages (PREVIEW, RFC 8970): the first text part, decoded from its charset,
 * without markup and quoted lines, on one line.
 *
 * Guarantees: looks at the given bytes only, which may be the beginning of a message; at most MAX_CHARACTERS; linear
 * time. A message without text has the empty preview.
 */
import { decodeCharset } from './charset.ts'
import { findParameter } from './content-fields.ts'
import { type MimePart, readStructure } from './structure.ts'
import { decodeTransferEncoding } from './transfer-encoding.ts'

/** RFC 8970 §3.2 allows 256 and recommends 200. */
const MAX_CHARACTERS = 200
const MAX_TEXT_BYTES = 16_384

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function* textParts(part: MimePart): Generator<MimePart> {
  if (part.type.toLowerCase() === 'text' && part.disposition?.value.toLowerCase() !== 'attachment') yield part
  for (const child of part.children) yield* textParts(child)
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : ' '
}

/** Not for display in a browser: it only has to read like the text. */
function textOfHtml(html: string): string {
  return html
    .replace(/<!--(?:(?!-->)[\s\S])*(?:-->|$)/g, ' ')
    .replace(/<(style|script|head|title)\b(?:(?!<\/\1)[\s\S])*(?:<\/\1[^>]*>|$)/gi, ' ')
    .replace(/<[^<>]*>?/g, ' ')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
}

function withoutQuotes(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('>'))
    .join('\n')
}

function readText(bytes: Buffer, part: MimePart): string {
  const end = Math.min(part.end, part.bodyStart + MAX_TEXT_BYTES)
  const decoded = decodeTransferEncoding(part.encoding, bytes.subarray(part.bodyStart, end))
  const text = decodeCharset(findParameter(part.parameters, 'charset') ?? '', decoded)
  return part.subtype.toLowerCase() === 'html' ? textOfHtml(text) : withoutQuotes(text)
}

/** @param bytes the beginning of the message's content */
export function previewText(bytes: Buffer): string {
  const parts = [...textParts(readStructure(bytes))]
  const part = parts.find(({ subtype }) => subtype.toLowerCase() === 'plain') ?? parts[0]
  if (part === undefined) return ''
  const words = readText(bytes, part)
    .replace(/[\s\x00-\x1f\x7f-\x9f\ufffd\u200b-\u200f\u2028-\u202e]+/g, ' ')
    .trim()
  return [...words.slice(0, 2 * MAX_CHARACTERS)].slice(0, MAX_CHARACTERS).join('')
}
