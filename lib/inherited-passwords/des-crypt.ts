/**
 * crypt(3) as Unix had it from 1979: DES (FIPS 46-3) 25 times over a block of zeros, with the password as its key and
 * two characters of salt that swap bits of the expansion. Only the first eight characters of a password count.
 */
import { cryptText, cryptValue } from './crypt-text.ts'

type Bits = readonly number[]

const numbers = (text: string) => text.split(' ').map(Number)

const KEY_CHOICE = numbers(
  '57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36 63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4',
)
const ROUND_KEY_CHOICE = numbers(
  '14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2 41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32',
)
const SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
const PERMUTATION = numbers('16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25')
const FINAL_PERMUTATION = Array.from({ length: 64 }, (_, index) => {
  const column = index % 8
  return (column % 2 === 0 ? 40 + column * 4 : 8 + (column - 1) * 4) - Math.floor(index / 8)
})
/** Each box: four rows of sixteen hexadecimal digits. */
const BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.split(' ').map((row) => [...row].map((digit) => Number.parseInt(digit, 16))))

const chosen = (bits: Bits, places: readonly number[]): number[] => places.map((place) => bits[place - 1] ?? 0)
const rotated = (bits: Bits, by: number): Bits => [...bits.slice(by), ...bits.slice(0, by)]
const bitsOf = (value: number, length: number) =>
  Array.from({ length }, (_, place) => (value >> (length - 1 - place)) & 1)
const numberOf = (bits: Bits) => bits.reduce((value, bit) => value * 2 + bit, 0)

function roundKeys(password: Buffer): Bits[] {
  const key = Array.from({ length: 8 }, (_, index) => bitsOf(((password[index] ?? 0) << 1) & 0xff, 8)).flat()
  let [left, right] = [chosen(key, KEY_CHOICE.slice(0, 28)) as Bits, chosen(key, KEY_CHOICE.slice(28)) as Bits]
  return SHIFTS.map((shift) => {
    left = rotated(left, shift)
    right = rotated(right, shift)
    return chosen([...left, ...right], ROUND_KEY_CHOICE)
  })
}

/** Which bit of the half block each of the 48 places takes; the salt swaps places of the two halves. */
function expansionFor(salt: string): number[] {
  const plain = Array.from({ length: 48 }, (_, place) => ((4 * Math.floor(place / 6) + (place % 6) + 31) % 32) + 1)
  const swaps = cryptValue(salt)
  return plain.map((own, place) => (((swaps >> (place % 24)) & 1) === 1 ? (plain[(place + 24) % 48] ?? own) : own))
}

function mixed(half: Bits, key: Bits, expansion: readonly number[]): Bits {
  const bits = chosen(half, expansion).map((bit, place) => bit ^ (key[place] ?? 0))
  const output = BOXES.flatMap((rows, index) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bits.slice(6 * index, 6 * index + 6)
    return bitsOf(rows[numberOf([a, f])]?.[numberOf([b, c, d, e])] ?? 0, 4)
  })
  return chosen(output, PERMUTATION)
}

/** @returns the hash without its salt */
export function desCrypt(password: Buffer, salt: string): string {
  const keys = roundKeys(password)
  const expansion = expansionFor(salt)
  // The initial permutation of zeros is zeros, and between two passes it undoes the final one.
  let [left, right]: [Bits, Bits] = [bitsOf(0, 32), bitsOf(0, 32)]
  for (let pass = 0; pass < 25; pass += 1) {
    for (const key of keys) {
      const next = mixed(right, key, expansion).map((bit, place) => bit ^ (left[place] ?? 0))
      left = right
      right = next
    }
    ;[left, right] = [right, left]
  }
  const block = [...chosen([...left, ...right], FINAL_PERMUTATION), 0, 0]
  return Array.from({ length: 11 }, (_, index) => cryptText(numberOf(block.slice(6 * index, 6 * index + 6)), 1)).join(
    '',
  )
}
