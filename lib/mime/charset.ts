/**
 * Bytes to text for the charsets of real mail, Japanese first.
 *
 * ISO-2022-JP is read as CP50221/CP50222 readers do (half-width katakana by ESC ( I, SO/SI or eighth bit, NEC and IBM
 * rows), Shift_JIS as CP932, EUC-JP with the same rows. Text that names no charset is guessed from its bytes. Never
 * throws: what cannot be decoded becomes U+FFFD. Linear time.
 */

import { isAscii } from 'node:buffer'

const ESC = 0x1b
const LF = 0x0a
const SHIFT_OUT = 0x0e
const SHIFT_IN = 0x0f

/** Names that mail uses and that the Encoding Standard does not know. */
const synonyms: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'windows-932': 'shift_jis',
  'shift-jis': 'shift_jis',
  shiftjis: 'shift_jis',
  eucjp: 'euc-jp',
  'eucjp-ms': 'euc-jp',
  'euc-jp-ms': 'euc-jp',
  cp51932: 'euc-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  'utf-8n': 'utf-8',
  cp1252: 'windows-1252',
  'iso-8859-8-i': 'iso-8859-8',
}

const decoders = new Map<string, TextDecoder | null>()
const MAX_KNOWN_LABELS = 200

function decoderFor(label: string): TextDecoder | null {
  const lower = label.toLowerCase()
  const known = decoders.get(lower)
  if (known !== undefined) return known
  let decoder: TextDecoder | null = null
  try {
    decoder = new TextDecoder(synonyms[lower] ?? lower)
  } catch {
    // An unknown label is remembered too, so that a flood of one costs nothing.
  }
  if (decoders.size < MAX_KNOWN_LABELS) decoders.set(lower, decoder)
  return decoder
}

/** Does a SEARCH or a decoder know this charset? */
export function isKnownCharset(label: string): boolean {
  return decoderFor(label) !== null
}

/** @param label as the message names it; unknown or empty means "guess" */
export function decodeCharset(label: string, bytes: Buffer): string {
  const decoder = label === '' ? null : decoderFor(label)
  if (decoder === null || /^(us-)?ascii$/i.test(label)) return decodeUnlabelled(bytes)
  if (decoder.encoding === 'iso-2022-jp') return decoder.decode(normaliseIso2022Jp(bytes))
  if (decoder.encoding === 'windows-1252') return decodeWestern(decoder, bytes)
  return decoder.decode(bytes)
}

/** "ISO-8859-1" on Japanese or UTF-8 mail is a lie that old clients tell; the bytes give it away. */
function decodeWestern(decoder: TextDecoder, bytes: Buffer): string {
  if (bytes.includes(ESCAPE_TO_JIS)) return guess(bytes)
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return decoder.decode(bytes)
  }
}

/** Raw 8-bit or escape sequences in a place that names no charset. */
export function decodeUnlabelled(bytes: Buffer): string {
  if (isAscii(bytes) && !bytes.includes(ESC)) return bytes.toString('latin1')
  return guess(bytes)
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const shiftJis = new TextDecoder('shift_jis')
const eucJp = new TextDecoder('euc-jp')
const iso2022Jp = new TextDecoder('iso-2022-jp')
const ESCAPE_TO_JIS = Buffer.from('\x1b$')
const ESCAPE_TO_SINGLE = Buffer.from('\x1b(')

function guess(bytes: Buffer): string {
  if (bytes.includes(ESCAPE_TO_JIS) || bytes.includes(ESCAPE_TO_SINGLE))
    return iso2022Jp.decode(normaliseIso2022Jp(bytes))
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return likelier(shiftJis.decode(bytes), eucJp.decode(bytes), bytes)
  }
}

/**
 * EUC-JP read as Shift_JIS is mostly half-width katakana; Shift_JIS read as EUC-JP is mostly undecodable. When neither
 * fits, the bytes are taken for Latin-1.
 */
function likelier(asShiftJis: string, asEucJp: string, bytes: Buffer): string {
  const shiftJisFaults = countIn(asShiftJis, /[\ufffd\uff61-\uff9f\ue000-\uf8ff]/g)
  const eucJpFaults = countIn(asEucJp, /[\ufffd\uff61-\uff9f\ue000-\uf8ff]/g)
  const best = eucJpFaults < shiftJisFaults ? asEucJp : asShiftJis
  return best.includes('\ufffd') ? bytes.toString('latin1') : best
}

const countIn = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** The length of the escape sequence at `at`: ESC ( B, ESC $ B, ESC $ ( D and their like; 0 when there is none. */
function escapeLength(bytes: Buffer, at: number): number {
  if (bytes[at] !== ESC) return 0
  const second = bytes[at + 1]
  if (second === 0x28) return at + 2 < bytes.length ? 3 : 0
  if (second !== 0x24) return 0
  const length = bytes[at + 2] === 0x28 ? 4 : 3
  return at + length <= bytes.length ? length : 0
}

const toKatakana = Buffer.from('\x1b(I')
const toAscii = Buffer.from('\x1b(B')

/** The longest escape sequence before each byte. */
const MAX_GROWTH = 5

/**
 * Writes what older encoders produce in the one form that the decoder takes: of escape sequences in a row only the last
 * stays (joined encoded-words have two), katakana by SO/SI or by the eighth bit gets its escape sequence.
 */
function normaliseIso2022Jp(bytes: Buffer): Buffer {
  const normal = Buffer.allocUnsafe(bytes.length * MAX_GROWTH)
  let length = 0
  let state: Buffer = toAscii
  let emitted: Buffer = toAscii
  for (let at = 0; at < bytes.length; ) {
    const escapeBytes = escapeLength(bytes, at)
    const byte = bytes[at] as number
    if (escapeBytes > 0) state = bytes.subarray(at, at + escapeBytes)
    else if (byte === SHIFT_OUT) state = toKatakana
    else if (byte === SHIFT_IN) state = toAscii
    else {
      const isKatakana = byte > 0xa0 && byte < 0xe0
      const wanted = isKatakana ? toKatakana : state
      if (wanted !== emitted && !wanted.equals(emitted)) length += wanted.copy(normal, length)
      emitted = wanted
      normal[length++] = isKatakana ? byte & 0x7f : byte
      // A line always ends in ASCII (RFC 1468); clients that forgot the escape sequence must not garble what follows.
      if (byte === LF) state = toAscii
    }
    at += Math.max(escapeBytes, 1)
  }
  return normal.subarray(0, length)
}
