/** Codes by which visitors find their own attempts; only their HMAC is kept. */
import { createHmac, randomInt } from 'node:crypto'
import { checkAlphabet, checkCodeLength } from '#lib/mail/check-name.ts'
import type { AttemptKey } from './attempt-key.ts'

export const checkCodeSeconds = 900

export function generateCheckCode(): string {
  return Array.from({ length: checkCodeLength }, () => checkAlphabet[randomInt(checkAlphabet.length)]).join('')
}

export function checkCodeHash(key: AttemptKey, code: string): Buffer {
  return createHmac('sha256', key).update(`check-code:${code}`).digest()
}
