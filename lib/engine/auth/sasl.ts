/**
 * SASL mechanisms that show the password: PLAIN (RFC 4616) and LOGIN (draft-murchison-sasl-login: what Outlook speaks).
 *
 * A mechanism reads what the client sends and says what was claimed; whether the claim is true is the authenticator's
 * business. Refuses: an authorization identity other than the one who logs in (nobody acts for another here), parts
 * longer than 1,024 octets (a hash must not be made of a megabyte), missing or surplus NULs.
 */
import { saslprep } from '@mongodb-js/saslprep'

/** Sends a challenge and waits for the response; null when the client sent "*". */
export type Exchange = (challenge: Buffer) => Promise<Buffer | null>

export type PasswordClaim = { readonly loginName: string; readonly password: string }

export type Claim<Claimed> =
  | { readonly outcome: 'claimed'; readonly claim: Claimed }
  | { readonly outcome: 'cancelled' | 'malformed' }

const MAX_PART_OCTETS = 1_024
const EMPTY = Buffer.alloc(0)
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @returns null when the bytes are not UTF-8 or too many */
export function decodePart(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_PART_OCTETS) return null
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

const PRINTABLE_ASCII = /^[ -~]*$/

/** RFC 4013: full-width letters are letters. @returns the empty text, which is nobody's, for what it prohibits */
export function prepared(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text
  try {
    return saslprep(text)
  } catch {
    return ''
  }
}

export async function claimByPlain(initial: Buffer | null, exchange: Exchange): Promise<Claim<PasswordClaim>> {
  const message = initial ?? (await exchange(EMPTY))
  if (message === null) return { outcome: 'cancelled' }
  const first = message.indexOf(0)
  const second = message.indexOf(0, first + 1)
  if (first < 0 || second < 0 || message.indexOf(0, second + 1) >= 0) return { outcome: 'malformed' }
  const authorizationId = decodePart(message.subarray(0, first))
  const loginName = decodePart(message.subarray(first + 1, second))
  const password = decodePart(message.subarray(second + 1))
  if (authorizationId === null || loginName === null || password === null) return { outcome: 'malformed' }
  // mutt and mbsync name themselves in both places; anything else asks to act for another person, which never succeeds.
  const isOwnName = authorizationId === '' || authorizationId === loginName
  return { outcome: 'claimed', claim: { loginName: isOwnName ? loginName : '', password } }
}

export async function claimByLogin(initial: Buffer | null, exchange: Exchange): Promise<Claim<PasswordClaim>> {
  const name = initial ?? (await exchange(Buffer.from('Username:')))
  if (name === null) return { outcome: 'cancelled' }
  const secret = await exchange(Buffer.from('Password:'))
  if (secret === null) return { outcome: 'cancelled' }
  const loginName = decodePart(name)
  const password = decodePart(secret)
  if (loginName === null || password === null) return { outcome: 'malformed' }
  return { outcome: 'claimed', claim: { loginName, password } }
}
