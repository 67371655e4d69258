/**
 * CRAM-MD5 (RFC 2195) and APOP (RFC 1939 §7): the client proves by an MD5 over a challenge that it knows the password.
 *
 * Guarantees: a challenge is a msg-id of RFC 822 with 128 random bits, never given twice, so that a proof is worth
 * nothing on another connection, and a false server learns next to nothing of a password of 138 bits (CVE-2007-1558).
 * Refuses: digests that are not 32 lower-case hexadecimal digits, and an initial response, which would answer a
 * challenge that nobody gave.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Claim, decodePart, type Exchange } from './sasl.ts'

export type ProofClaim = { readonly loginName: string; readonly proves: (secret: string) => boolean }

const RANDOM_BYTES = 16

/** Digits and a host name: mpop takes a base64 stamp for no stamp. */
export function newChallenge(domain: string): string {
  const random = BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`)
  return `<${random}.${Math.floor(Date.now() / 1_000)}@${domain}>`
}

export async function claimByCramMd5(
  initial: Buffer | null,
  exchange: Exchange,
  challenge: string,
): Promise<Claim<ProofClaim>> {
  if (initial !== null) return { outcome: 'malformed' }
  const response = await exchange(Buffer.from(challenge))
  if (response === null) return { outcome: 'cancelled' }
  return claimFrom(response, (secret) => createHmac('md5', secret).update(challenge).digest())
}

/** @param argument "name digest" */
export function claimByApop(argument: string, stamp: string): Claim<ProofClaim> {
  return claimFrom(Buffer.from(argument), (secret) => createHash('md5').update(`${stamp}${secret}`).digest())
}

function claimFrom(response: Buffer, digestOf: (secret: string) => Buffer): Claim<ProofClaim> {
  const { name, digest } = /^(?<name>.+) (?<digest>[0-9a-f]{32})$/s.exec(decodePart(response) ?? '')?.groups ?? {}
  if (name === undefined || digest === undefined) return { outcome: 'malformed' }
  const proof = Buffer.from(digest, 'hex')
  return {
    outcome: 'claimed',
    claim: { loginName: name, proves: (secret) => timingSafeEqual(digestOf(secret), proof) },
  }
}
