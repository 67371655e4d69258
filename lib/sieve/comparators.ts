/** Comparators (RFC 4790): how two texts are the same, how one holds the other, which comes first. */

export type Comparator = {
  /** both sides go through it before they are compared, searched or matched */
  readonly fold: (text: string) => string
  /** below 0, 0 or above; what a number is not comes last (RFC 4790 §9.1.1) */
  readonly order: (one: string, other: string) => number
  /** can look into a text: i;ascii-numeric cannot */
  readonly hasSubstrings: boolean
  readonly ignoresCase: boolean
}

/** Most texts are ASCII through and through, and then it is the machine's own upper case. */
function upperAscii(text: string): string {
  return isAscii.test(text) ? text.toUpperCase() : text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
}
const isAscii = /^[\x00-\x7f]*$/
/** RFC 5051: title case and decomposed, so that composition and width make no difference. */
const upperUnicode = (text: string) => text.normalize('NFKD').toUpperCase().normalize('NFKD')

/** By octets of UTF-8, which is by code points. */
function orderOf(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** Null is infinity. */
function leadingNumber(text: string): bigint | null {
  const digits = /^[0-9]{1,512}/.exec(text)?.[0]
  return digits === undefined ? null : BigInt(digits)
}

function orderOfNumbers(one: string, other: string): number {
  const [left, right] = [leadingNumber(one), leadingNumber(other)]
  if (left === right) return 0
  if (left === null) return 1
  return right === null || left < right ? -1 : 1
}

const comparators: Readonly<Record<string, Comparator>> = {
  'i;octet': { fold: (text) => text, order: orderOf, hasSubstrings: true, ignoresCase: false },
  'i;ascii-casemap': { fold: upperAscii, order: orderOf, hasSubstrings: true, ignoresCase: true },
  'i;unicode-casemap': { fold: upperUnicode, order: orderOf, hasSubstrings: true, ignoresCase: true },
  'i;ascii-numeric': { fold: (text) => text, order: orderOfNumbers, hasSubstrings: false, ignoresCase: false },
}

export const DEFAULT_COMPARATOR = 'i;ascii-casemap'

export function findComparator(name: string): Comparator | null {
  return Object.hasOwn(comparators, name) ? (comparators[name] ?? null) : null
}
