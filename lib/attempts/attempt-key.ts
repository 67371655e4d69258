/**
 * Under what an attempt is remembered. Names and passwords are kept only as HMACs under a key of the site: people type
 * passwords into the field of the name, and a thief of the database shall not be able to try guesses against it.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import type { Place } from './place.ts'

/** A key object, because Node would make a new one of a buffer at every login. */
export type AttemptKey = KeyObject

export function attemptKeyFrom(masterKey: Buffer): AttemptKey {
  return createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'login-attempts', 32)))
}

function digest(key: AttemptKey, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', key)
  for (const part of parts) {
    const bytes = Buffer.from(part)
    hmac.update(`${bytes.length}:`).update(bytes)
  }
  return hmac.digest()
}

/** A name that no mailbox has is counted like one that some mailbox has. */
export function unknownAccount(key: AttemptKey, loginName: string): string {
  return `name:${digest(key, 'name', loginName).toString('base64url')}`
}

/** Known and unknown logins of the portal alike. */
export function portalAccount(key: AttemptKey, login: string): string {
  return `portal:${digest(key, 'portal', login.normalize('NFKC').trim().toLowerCase()).toString('base64url')}`
}

/** A browser that has signed in to this account before: guesses of others do not count for it, and its own only here. */
export function portalBrowser(key: AttemptKey, account: string, browser: string): string {
  return `browser:${digest(key, 'browser', account, browser).toString('base64url')}`
}

/**
 * One guess: this secret, for this account, from this origin. The same guess again is no new one.
 * @param secret null when the client proved nothing that could be recognised again (SCRAM): then each try is new
 */
export function guessOf(key: AttemptKey, account: string, { origin }: Place, secret: string | Uint8Array | null) {
  return digest(key, 'guess', account, origin, secret ?? randomBytes(32))
}
