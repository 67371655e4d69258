/** Content-Transfer-Encodings (RFC 2045 §6), decoded generously and in linear time; never throws. */

const HEX = /^[0-9A-Fa-f]{2}$/
const EQUALS = 0x3d
const LF = 0x0a
const CR = 0x0d

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09
}

function blanksEnd(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

function isLineEnd(bytes: Buffer, at: number): boolean {
  return at >= bytes.length || bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)
}

/** After "=": white space up to the line's end is a soft break. @returns where the next line begins, or -1 */
function softBreakEnd(bytes: Buffer, from: number): number {
  let at = blanksEnd(bytes, from)
  if (bytes[at] === CR) at++
  return bytes[at] === LF || at >= bytes.length ? at + 1 : -1
}

/** Blanks that stand at the end of a line came on the way and are dropped (RFC 2045 §6.7 rule 3). */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number
    if (isBlank(byte)) {
      const end = blanksEnd(bytes, at)
      if (!isLineEnd(bytes, end)) length += bytes.copy(decoded, length, at, end)
      at = end
      continue
    }
    if (byte !== EQUALS) {
      decoded[length++] = byte
      at++
      continue
    }
    const hex = bytes.toString('latin1', at + 1, at + 3)
    const next = HEX.test(hex) ? -1 : softBreakEnd(bytes, at + 1)
    if (HEX.test(hex)) {
      decoded[length++] = Number.parseInt(hex, 16)
      at += 3
    } else if (next >= 0) at = next
    else {
      decoded[length++] = byte
      at++
    }
  }
  return decoded.subarray(0, length)
}

/** @param encoding as the part names it: can what is in it be read? */
export function isKnownEncoding(encoding: string): boolean {
  return /^(7bit|8bit|binary|base64|quoted-printable)$/i.test(encoding)
}

/** @param encoding as the part names it; an unknown one is taken for none */
export function decodeTransferEncoding(encoding: string, bytes: Buffer): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(bytes.toString('latin1'), 'base64')
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes)
    default:
      return bytes
  }
}
