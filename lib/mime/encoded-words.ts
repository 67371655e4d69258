/**
 * Encoded-words of headers (RFC 2047), read generously and written strictly.
 *
 * Reading accepts what clients of 2002 send: words inside quotes, without white space between them, a multi-byte
 * character or an escape sequence split over two words, a language suffix (RFC 2231 §5). Linear time.
 */
import { decodeCharset } from './charset.ts'

const ENCODED_WORD = /=\?([A-Za-z0-9._:-]{1,64})(?:\*[A-Za-z0-9-]{0,32})?\?([BbQq])\?([^?\r\n]*)\?=/g

type Word = { readonly charset: string; readonly bytes: Buffer; readonly start: number; readonly end: number }

function decodeQ(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    const hex = character === '=' ? text.slice(at + 1, at + 3) : ''
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16)
      at += 2
    } else bytes[length++] = character === '_' ? 0x20 : text.charCodeAt(at)
  }
  return bytes.subarray(0, length)
}

function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(ENCODED_WORD)) {
    const [whole, charset = '', encoding = '', payload = ''] = match
    const bytes = encoding === 'B' || encoding === 'b' ? Buffer.from(payload, 'base64') : decodeQ(payload)
    words.push({ charset: charset.toLowerCase(), bytes, start: match.index, end: match.index + whole.length })
  }
  return words
}

/** `text` with its encoded-words decoded; everything else stays as it is. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  const words = wordsOf(text)
  let decoded = ''
  let done = 0
  for (let at = 0; at < words.length; ) {
    const first = words[at] as Word
    const run: Buffer[] = [first.bytes]
    let end = first.end
    for (at++; at < words.length; at++) {
      const next = words[at] as Word
      // White space between encoded-words is not part of the text (RFC 2047 §6.2).
      if (next.charset !== first.charset || !/^\s*$/.test(text.slice(end, next.start))) break
      run.push(next.bytes)
      end = next.end
    }
    const between = text.slice(done, first.start)
    if (done === 0 || !/^\s*$/.test(between)) decoded += between
    decoded += decodeCharset(first.charset, Buffer.concat(run))
    done = end
  }
  return decoded + text.slice(done)
}

/** 45 octets make 60 of base64: with "=?UTF-8?B?" and "?=" within the 75 that RFC 2047 §2 allows. */
const MAX_PAYLOAD_BYTES = 45

/** `text` as encoded-words in UTF-8, each of whole characters. */
export function encodeWords(text: string): string {
  const words: string[] = []
  let chunk = ''
  let chunkBytes = 0
  const flush = () => words.push(`=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`)
  for (const character of text) {
    const bytes = Buffer.byteLength(character)
    if (chunkBytes + bytes > MAX_PAYLOAD_BYTES) {
      flush()
      chunk = ''
      chunkBytes = 0
    }
    chunk += character
    chunkBytes += bytes
  }
  flush()
  return words.join(' ')
}
