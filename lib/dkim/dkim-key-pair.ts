/** Makes key pairs for DKIM: RSA with 2048 bits (RFC 8301 §3.2) and Ed25519 (RFC 8463). */
import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { DkimAlgorithm } from './dkim-record.ts'

export type DkimKeyPair = {
  readonly algorithm: DkimAlgorithm
  /** base64, as it stands in p= */
  readonly publicKey: string
  /** PKCS #8, DER */
  readonly privateKey: Buffer
}

const generate = promisify(generateKeyPair)
const RSA_BITS = 2_048
/** RFC 8463 §4: p= is the bare key; a SubjectPublicKeyInfo of Ed25519 has 12 octets before it (RFC 8410 §4). */
const ED25519_PREFIX_BYTES = 12

export async function makeDkimKeyPair(algorithm: DkimAlgorithm): Promise<DkimKeyPair> {
  const { publicKey, privateKey } =
    algorithm === 'RSA' ? await generate('rsa', { modulusLength: RSA_BITS }) : await generate('ed25519')
  return {
    algorithm,
    publicKey: publicPart(publicKey, algorithm).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  }
}

function publicPart(key: KeyObject, algorithm: DkimAlgorithm): Buffer {
  const der = key.export({ type: 'spki', format: 'der' })
  return algorithm === 'RSA' ? der : der.subarray(ED25519_PREFIX_BYTES)
}

/** "r20261124-4f3a": which algorithm, since when, and never the same twice. */
export function newSelector(algorithm: DkimAlgorithm, today: Date): string {
  const day = today.toISOString().slice(0, 10).replaceAll('-', '')
  return `${algorithm[0]?.toLowerCase()}${day}-${randomBytes(2).toString('hex')}`
}
