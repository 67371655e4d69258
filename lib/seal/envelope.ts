/**
 * Secrets of people in envelopes: each is sealed under a random key of its own, and that key under the master key.
 *
 * Two columns, of which neither opens without the other nor without the master key. A new master key means to seal
 * the keys anew; the secrets stay as they are. Refuses whatever a seal refuses.
 */
import { randomBytes } from 'node:crypto'
import { createSeal } from './seal.ts'

export type Enveloped = { readonly sealedKey: Uint8Array; readonly sealedSecret: Uint8Array }

export interface Envelope {
  /** @param context whose secret it is, such as the id of its row */
  close(secret: Buffer, context: string): Enveloped
  /** @throws SealBroken */
  open(enveloped: Enveloped, context: string): Buffer
}

const KEY_BYTES = 32

/** @param purpose what kind of secret: "recoverable-mail-password" */
export function createEnvelope(masterKey: Buffer, purpose: string): Envelope {
  const keySeal = createSeal(masterKey, `${purpose} key`)
  const secretSeal = (key: Buffer) => createSeal(key, purpose)
  return {
    close(secret, context) {
      const key = randomBytes(KEY_BYTES)
      return { sealedKey: keySeal.close(key, context), sealedSecret: secretSeal(key).close(secret, context) }
    },
    open: ({ sealedKey, sealedSecret }, context) =>
      secretSeal(keySeal.open(sealedKey, context)).open(sealedSecret, context),
  }
}
