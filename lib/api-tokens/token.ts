/** What a program shows. It has 256 random bits, so a fast hash is enough to keep it; only that is kept. */
import { createHash, randomBytes } from 'node:crypto'

const BYTES = 32
/** Says to people and to secret scanners what it is. */
const PREFIX = 'ispmail_'
const FORM = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{43}$`)

export function newApiToken(): string {
  return `${PREFIX}${randomBytes(BYTES).toString('base64url')}`
}

/** @returns null for what cannot be one */
export function apiTokenHash(token: string): Uint8Array<ArrayBuffer> | null {
  return FORM.test(token) ? new Uint8Array(createHash('sha256').update(token).digest()) : null
}
