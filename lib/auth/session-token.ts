/** The random value that stands for a signed-in browser. The database keeps its SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function sessionTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
