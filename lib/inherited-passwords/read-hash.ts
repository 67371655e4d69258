/**
 * Password hashes as crypt(3), LDAP (RFC 2307) and Dovecot write them: "{SSHA256}…", "{PLAIN-MD5.b64}…", "$6$…".
 * Refuses what would cost more than a login may: rounds, cost and memory have bounds.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { verify as verifyArgon2 } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'
import { desCrypt } from './des-crypt.ts'
import { md5Crypt } from './md5-crypt.ts'
import { shaCrypt } from './sha-crypt.ts'

/** Why a text cannot be taken for a hash. It never says the text itself. */
export class UnusableHash extends Error {}

export interface PasswordHash {
  matches(password: Buffer): Promise<boolean>
}

/** The password itself stands where a hash should: it must not be kept so. */
export type OpenPassword = { readonly password: string }

export function isOpenPassword(read: PasswordHash | OpenPassword): read is OpenPassword {
  return 'password' in read
}

const MAX_ROUNDS = 100_000
const MIN_ROUNDS = 1_000
const DEFAULT_ROUNDS = 5_000
const MAX_BCRYPT_COST = 12
const MAX_ARGON2 = { kibibytes: 65_536, passes: 8, lanes: 8 }

type Digest = { readonly algorithm: string; readonly octets: number; readonly isSalted: boolean }

const digests: Readonly<Record<string, Digest>> = {
  'PLAIN-MD5': { algorithm: 'md5', octets: 16, isSalted: false },
  'LDAP-MD5': { algorithm: 'md5', octets: 16, isSalted: false },
  SMD5: { algorithm: 'md5', octets: 16, isSalted: true },
  SHA: { algorithm: 'sha1', octets: 20, isSalted: false },
  SHA1: { algorithm: 'sha1', octets: 20, isSalted: false },
  SSHA: { algorithm: 'sha1', octets: 20, isSalted: true },
  SHA256: { algorithm: 'sha256', octets: 32, isSalted: false },
  SSHA256: { algorithm: 'sha256', octets: 32, isSalted: true },
  SHA512: { algorithm: 'sha512', octets: 64, isSalted: false },
  SSHA512: { algorithm: 'sha512', octets: 64, isSalted: true },
}

const crypts = ['CRYPT', 'DES-CRYPT', 'MD5-CRYPT', 'SHA256-CRYPT', 'SHA512-CRYPT', 'BLF-CRYPT', 'ARGON2I', 'ARGON2ID']
const inTheOpen = ['PLAIN', 'CLEARTEXT', 'CLEAR']

const SCHEME = /^\{([A-Za-z0-9-]+)(?:\.(b64|base64|hex))?\}(.*)$/is

/**
 * @param defaultScheme of a text that names none
 * @throws UnusableHash
 */
export function readHash(text: string, defaultScheme = 'CRYPT'): PasswordHash | OpenPassword {
  const [, named, encoding, content = text] = SCHEME.exec(text) ?? []
  const scheme = (named ?? defaultScheme).toUpperCase()
  const isOpen = inTheOpen.includes(scheme)
  if (content === '' || (!isOpen && /^[!*]/.test(content))) throw new UnusableHash('it is locked or empty')
  if (isOpen) return { password: decoded(content, encoding)?.toString() ?? content }
  const digest = digests[scheme]
  if (digest !== undefined) return readDigest(digest, content, encoding)
  const plain = decoded(content, encoding)?.toString() ?? content
  if (scheme === 'MD5') return plain.startsWith('$1$') ? readCrypt(plain) : readDigest(digestOf('PLAIN-MD5'), plain)
  if (crypts.includes(scheme)) return readCrypt(plain)
  throw new UnusableHash(`the scheme ${scheme} is not known`)
}

function digestOf(name: string): Digest {
  const digest = digests[name]
  if (digest === undefined) throw new Error(`no digest ${name}`)
  return digest
}

function decoded(content: string, encoding: string | undefined): Buffer | null {
  if (encoding === undefined) return null
  return Buffer.from(content, encoding.toLowerCase() === 'hex' ? 'hex' : 'base64')
}

/** The digest of password and salt, then the salt; in base64, or in hexadecimal where it says so or is that long. */
function readDigest({ algorithm, octets, isSalted }: Digest, content: string, encoding?: string): PasswordHash {
  const isHex = !isSalted && new RegExp(`^[0-9a-f]{${octets * 2}}$`, 'i').test(content)
  const bytes = decoded(content, encoding) ?? Buffer.from(content, isHex ? 'hex' : 'base64')
  const isWhole = isSalted ? bytes.length > octets : bytes.length === octets
  if (!isWhole) throw new UnusableHash('it has the wrong length for its scheme')
  const [expected, salt] = [bytes.subarray(0, octets), bytes.subarray(octets)]
  return {
    async matches(password) {
      return timingSafeEqual(createHash(algorithm).update(password).update(salt).digest(), expected)
    },
  }
}

const forms: readonly [RegExp, (parts: readonly string[]) => PasswordHash][] = [
  [
    /^\$1\$([^$:\s]{0,8})\$([./\dA-Za-z]{22})$/,
    ([, salt = '', hash = '']) => sameText(hash, async (password) => md5Crypt(password, salt)),
  ],
  [/^\$(5)\$(?:rounds=(\d{1,9})\$)?([^$:\s]{0,16})\$([./\dA-Za-z]{43})$/, readShaCrypt],
  [/^\$(6)\$(?:rounds=(\d{1,9})\$)?([^$:\s]{0,16})\$([./\dA-Za-z]{86})$/, readShaCrypt],
  [/^\$2[aby]\$(\d\d)\$[./\dA-Za-z]{53}$/, readBcrypt],
  [/^\$argon2(?:i|id)\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$[+/\w]+\$[+/\w]+$/, readArgon2],
  [
    /^([./\dA-Za-z]{2})([./\dA-Za-z]{11})$/,
    ([, salt = '', hash = '']) => sameText(hash, async (password) => desCrypt(password, salt)),
  ],
]

function readCrypt(text: string): PasswordHash {
  for (const [form, read] of forms) {
    const parts = form.exec(text)
    if (parts !== null) return read(parts)
  }
  throw new UnusableHash('it is no form of crypt(3), bcrypt or Argon2 that is known')
}

function sameText(expected: string, make: (password: Buffer) => Promise<string>): PasswordHash {
  return { matches: async (password) => timingSafeEqual(Buffer.from(await make(password)), Buffer.from(expected)) }
}

function readShaCrypt([, kind, roundsText, salt = '', hash = '']: readonly string[]): PasswordHash {
  const rounds = roundsText === undefined ? DEFAULT_ROUNDS : Number(roundsText)
  if (rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) throw tooMuch(`${rounds} rounds`, `${MIN_ROUNDS} to ${MAX_ROUNDS}`)
  return sameText(hash, (password) => shaCrypt(kind === '5' ? 'sha256' : 'sha512', password, salt, rounds))
}

function readBcrypt([text = '', cost]: readonly string[]): PasswordHash {
  if (Number(cost) < 4 || Number(cost) > MAX_BCRYPT_COST) throw tooMuch(`cost ${cost}`, `4 to ${MAX_BCRYPT_COST}`)
  return { matches: (password) => verifyBcrypt(password, text) }
}

function readArgon2([text = '', kibibytes, passes, lanes]: readonly string[]): PasswordHash {
  const { kibibytes: most, passes: mostPasses, lanes: mostLanes } = MAX_ARGON2
  if (Number(kibibytes) > most || Number(passes) > mostPasses || Number(lanes) > mostLanes) {
    throw tooMuch(`m=${kibibytes},t=${passes},p=${lanes}`, `m=${most},t=${mostPasses},p=${mostLanes} at the most`)
  }
  return { matches: (password) => verifyArgon2(text, password) }
}

function tooMuch(given: string, bounds: string): UnusableHash {
  return new UnusableHash(`it asks for ${given}; what is compared here has ${bounds}`)
}
