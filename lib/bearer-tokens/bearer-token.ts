/**
 * A random value that lets in whoever shows it, in a link or a cookie. It has 256 bits, so a fast hash is enough to keep
 * it; only that is kept.
 */
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

const TOKEN_BYTES = 32

export const bearerToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export function newBearerToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function bearerTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
