/** What a program shows. */
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'

/** Says to people and to secret scanners what it is. */
const PREFIX = 'ispmail_'
const FORM = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{43}$`)

export function newApiToken(): string {
  return `${PREFIX}${newBearerToken()}`
}

/** @returns null for what cannot be one */
export function apiTokenHash(token: string): Uint8Array<ArrayBuffer> | null {
  return FORM.test(token) ? bearerTokenHash(token) : null
}
