/**
 * Generated secrets and what is kept of them.
 *
 * A secret has 138 random bits, so a fast keyed hash is enough to keep it (a password hash would only make logins
 * expensive): the verifier is HMAC-SHA-256 under the site's pepper, which a thief of the database does not have.
 * For SCRAM-SHA-256 (RFC 5802 §3, RFC 7677) StoredKey and ServerKey are kept; the salt belongs to the mailbox.
 */
import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, pbkdf2Sync, randomInt } from 'node:crypto'

/** No i, l, o, 0, 1: nothing that a reader could mistake. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 7
const GROUP_LENGTH = 4

/** RFC 7677 §4 asks for at least 4096; the secret is random, so more would only cost time. */
export const scramIterations = 4_096

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** 28 characters in groups of four, "k7mf-2hxq-…": 138 bits. */
export function generateSecret(): string {
  return Array.from({ length: GROUPS }, () => randomText(GROUP_LENGTH)).join('-')
}

/** "taro-x7km": the mailbox's login and four characters that tell its credentials apart. */
export function generateUsername(login: string): string {
  return `${login}-${randomText(GROUP_LENGTH)}`
}

/** Readers leave out the hyphens, or type capitals: all of these are the same secret. */
export function bareSecret(secret: string): string {
  return secret.replaceAll(/[\s-]/g, '').toLowerCase()
}

/** A key object, because Node would make a new one of a buffer at every login. */
export function pepperFrom(masterKey: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'credential-verifier', 32)))
}

export function verifierOf(secret: string, pepper: KeyObject): Buffer {
  return createHmac('sha256', pepper).update(bareSecret(secret)).digest()
}

export type ScramKeys = { readonly storedKey: Buffer; readonly serverKey: Buffer }

export function scramKeysOf(secret: string, salt: Uint8Array): ScramKeys {
  const salted = pbkdf2Sync(secret, salt, scramIterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const serverKey = createHmac('sha256', salted).update('Server Key').digest()
  return { storedKey: createHash('sha256').update(clientKey).digest(), serverKey }
}
