/**
 * SHA-crypt, "$5$" and "$6$" (Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512"). The numbers of its steps are in
 * the comments. It lets others have the processor on the way: a hash may ask for many rounds.
 */
import { createHash } from 'node:crypto'
import { setImmediate as others } from 'node:timers/promises'
import { cryptOctets } from './crypt-text.ts'

type Algorithm = 'sha256' | 'sha512'

const ROUNDS_AT_A_TIME = 500

/** The octets are written in triples; each follows from the one before. */
const order = {
  sha256: {
    triples: 10,
    next: ([first = 0, second = 0, third = 0]: readonly number[]) => [third + 1, first + 1, second + 1],
    begin: [0, 10, 20],
    rest: { places: [undefined, 31, 30], length: 3 },
  },
  sha512: {
    triples: 21,
    next: ([first = 0, second = 0, third = 0]: readonly number[]) => [second + 1, third + 1, first + 1],
    begin: [0, 21, 42],
    rest: { places: [undefined, undefined, 63], length: 2 },
  },
} as const

/** @returns the hash without salt and prefix */
export async function shaCrypt(
  algorithm: Algorithm,
  password: Buffer,
  saltText: string,
  rounds: number,
): Promise<string> {
  const digest = (...parts: readonly Uint8Array[]) => createHash(algorithm).update(Buffer.concat(parts)).digest()
  const salt = Buffer.from(saltText)
  const mixed = digest(password, salt, password) // 4–8
  const bits = [...password.length.toString(2)].toReversed()
  let current = digest(
    password,
    salt,
    repeated(mixed, password.length), // 9, 10
    ...(password.length === 0 ? [] : bits.map((bit) => (bit === '1' ? mixed : password))), // 11
  )
  const p = repeated(digest(repeated(password, password.length ** 2)), password.length) // 13–16
  const s = repeated(digest(repeated(salt, salt.length * (16 + (current[0] ?? 0)))), salt.length) // 17–20
  for (let round = 0; round < rounds; round += 1) {
    if (round % ROUNDS_AT_A_TIME === 0) await others()
    const isOdd = round % 2 === 1
    const middle = [...(round % 3 === 0 ? [] : [s]), ...(round % 7 === 0 ? [] : [p])]
    current = digest(isOdd ? p : current, ...middle, isOdd ? current : p) // 21
  }
  return written(algorithm, current)
}

function repeated(octets: Buffer, length: number): Buffer {
  return octets.length === 0 ? octets : Buffer.alloc(length, octets)
}

function written(algorithm: Algorithm, octets: Buffer): string {
  const { triples, begin, next, rest } = order[algorithm]
  let text = ''
  let places: readonly number[] = begin
  for (let triple = 0; triple < triples; triple += 1) {
    text += cryptOctets(octets, places)
    places = next(places)
  }
  return text + cryptOctets(octets, rest.places, rest.length)
}
