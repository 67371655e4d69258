/** "${hex:24 24}" and "${unicode:3042}" (RFC 5228 §2.4.2.4), put in before anything else is read. */

const SEQUENCE = /\$\{(hex|unicode):\s*([0-9a-f]+(?:\s+[0-9a-f]+)*)\s*\}/gi

/** @returns null when a number names no character */
export function decodeEncodedCharacters(text: string): string | null {
  let isValid = true
  const decoded = text.replaceAll(SEQUENCE, (whole, kind: string, numbers: string) => {
    const codes = numbers.split(/\s+/).map((digits) => Number.parseInt(digits, 16))
    if (kind.toLowerCase() === 'hex') return codes.every((code) => code <= 0xff) ? Buffer.from(codes).toString() : whole
    const isCharacter = codes.every((code) => code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff))
    if (!isCharacter) isValid = false
    return isCharacter ? String.fromCodePoint(...codes) : whole
  })
  return isValid ? decoded : null
}
