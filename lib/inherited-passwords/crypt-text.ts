/** How crypt(3) writes octets: six bits a character, the lowest first, in an alphabet of its own. */

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function cryptText(value: number, length: number): string {
  return Array.from({ length }, (_, place) => ALPHABET[(value >> (6 * place)) & 0x3f]).join('')
}

/** Of three octets the first is the highest. */
export function cryptOctets(
  octets: Uint8Array,
  [high, middle, low]: readonly (number | undefined)[],
  length = 4,
): string {
  const octet = (index: number | undefined) => (index === undefined ? 0 : (octets[index] ?? 0))
  return cryptText((octet(high) << 16) | (octet(middle) << 8) | octet(low), length)
}

export function cryptValue(text: string): number {
  return [...text].reduce((value, character, place) => value | (ALPHABET.indexOf(character) << (6 * place)), 0)
}
