/**
 * Folder names on the wire of IMAP4rev1: modified UTF-7 (RFC 3501 §5.1.3).
 *
 * Reading also takes raw UTF-8 (clients that saw no rule), and gives null for what is neither: a folder must not have
 * two spellings. Linear time.
 */

/** Printable ASCII but "&" stands for itself. */
const DIRECT = /[\x20-\x25\x27-\x7e]/

function encodeRun(run: string): string {
  const utf16 = Buffer.from(run, 'utf16le').swap16()
  return `&${utf16.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`
}

export function encodeFolderName(name: string): string {
  let encoded = ''
  let run = ''
  const flush = () => {
    if (run !== '') encoded += encodeRun(run)
    run = ''
  }
  for (const character of name) {
    if (character === '&') {
      flush()
      encoded += '&-'
    } else if (DIRECT.test(character)) {
      flush()
      encoded += character
    } else run += character
  }
  flush()
  return encoded
}

function decodeRun(base64: string): string | null {
  if (!/^[A-Za-z0-9+,]+$/.test(base64)) return null
  const bytes = Buffer.from(base64.replaceAll(',', '/'), 'base64')
  if (bytes.length % 2 !== 0 || bytes.length === 0) return null
  const text = bytes.swap16().toString('utf16le')
  // What stands for itself must not be encoded (§5.1.3), unpaired surrogates are no text.
  return text.isWellFormed() && encodeRun(text) === `&${base64}-` && ![...text].some((each) => /[\x20-\x7e]/.test(each))
    ? text
    : null
}

/** @param wire the bytes of the name as a latin-1 string @returns null when it is no name at all */
export function decodeFolderName(wire: string): string | null {
  if (/[\x80-\xff]/.test(wire)) return decodeUtf8(wire)
  let decoded = ''
  let at = 0
  while (at < wire.length) {
    const shift = wire.indexOf('&', at)
    if (shift < 0) return decoded + wire.slice(at)
    const end = wire.indexOf('-', shift)
    if (end < 0) return null
    const run = end === shift + 1 ? '&' : decodeRun(wire.slice(shift + 1, end))
    if (run === null) return null
    decoded += wire.slice(at, shift) + run
    at = end + 1
  }
  return decoded
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @param wire bytes as a latin-1 string @returns null when they are not UTF-8 */
export function decodeUtf8(wire: string): string | null {
  try {
    return utf8.decode(Buffer.from(wire, 'latin1'))
  } catch {
    return null
  }
}
