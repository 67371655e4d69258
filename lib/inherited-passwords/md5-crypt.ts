/** MD5-crypt, "$1$": what FreeBSD's crypt(3) made of a password since 1994. */
import { createHash } from 'node:crypto'
import { cryptOctets, cryptText } from './crypt-text.ts'

const ROUNDS = 1_000
const PLACES = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
]

const md5 = (...parts: readonly Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest()

/** @returns the hash without salt and prefix */
export function md5Crypt(password: Buffer, saltText: string): string {
  const salt = Buffer.from(saltText)
  const mixed = md5(password, salt, password)
  const parts = [password, Buffer.from('$1$'), salt]
  for (let left = password.length; left > 0; left -= mixed.length) parts.push(mixed.subarray(0, left))
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push((bits & 1) === 1 ? Buffer.alloc(1) : password.subarray(0, 1))
  }
  let digest = md5(...parts)
  for (let round = 0; round < ROUNDS; round += 1) {
    const isOdd = round % 2 === 1
    const middle = [...(round % 3 === 0 ? [] : [salt]), ...(round % 7 === 0 ? [] : [password])]
    digest = md5(isOdd ? password : digest, ...middle, isOdd ? digest : password)
  }
  return PLACES.map((places) => cryptOctets(digest, places)).join('') + cryptText(digest[11] ?? 0, 2)
}
