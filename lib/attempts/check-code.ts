/**
 * The code by which a visitor finds an attempt of their own: typed as the user name (`check-k7mf2h`) it reaches the
 * engine, which keeps its HMAC. No mailbox is behind such a name, and no password is worth anything with it.
 */
import { createHmac, randomInt } from 'node:crypto'
import type { AttemptKey } from './attempt-key.ts'

/** Nothing that a reader could mistake, as in generated passwords. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 6
const PREFIX = 'check-'
const NAME = new RegExp(`^${PREFIX}([${ALPHABET}]{${LENGTH}})$`)

export const checkCodeSeconds = 900

export function generateCheckCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

export function checkUserName(code: string): string {
  return `${PREFIX}${code}`
}

/** @param name without its domain, lower case */
export function checkCodeIn(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null
}

export function checkCodeHash(key: AttemptKey, code: string): Buffer {
  return createHmac('sha256', key).update(`check-code:${code}`).digest()
}
