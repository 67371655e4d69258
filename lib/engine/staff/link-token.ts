import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** What a link holds, and the digest of it that is kept. */
export function newLinkToken(): { readonly token: string; readonly tokenHash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  return { token, tokenHash: createHash('sha256').update(token).digest() }
}
