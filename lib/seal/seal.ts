/**
 * Secrets at rest that must be read again: sealed with a key of their own purpose, derived from the master key.
 *
 * AES-256-GCM (NIST SP 800-38D) with a random nonce. What is sealed opens under the same purpose and context only, so a
 * value that is copied into another row, or another kind of secret, does not open there.
 * Refuses: anything that was changed, and anything sealed with another master key.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export interface Seal {
  /** @param context whose secret it is, such as the id of its row */
  close(secret: Buffer, context: string): Buffer
  /** @throws SealBroken */
  open(sealed: Uint8Array, context: string): Buffer
}

export class SealBroken extends Error {}

const CIPHER = 'aes-256-gcm'
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** @param purpose what kind of secret: "dkim-private-key" */
export function createSeal(masterKey: Buffer, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', `seal:${purpose}`, 32))
  return {
    close(secret, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
      const hidden = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), hidden])
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed)
      const start = 1 + NONCE_BYTES + TAG_BYTES
      if (bytes[0] !== VERSION || bytes.length < start) throw new SealBroken('not something that was sealed here')
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES)
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(1 + NONCE_BYTES, start))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()])
      } catch (cause) {
        throw new SealBroken('the secret was changed, or sealed with another master key', { cause })
      }
    },
  }
}
