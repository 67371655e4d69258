/**
 * Signs what this site itself vouches for, on its way out: its subscribers' mail and its own reports and notices.
 *
 * Signed when it leaves, not when it is accepted: mail that has waited for days is signed by a key that is published
 * then. The bytes in the queue stay as they were accepted. Mail from outside that is only passed on keeps its own
 * signatures and gets none of ours.
 */
import { fieldAddresses } from '#lib/mime/address-field.ts'
import { scanFields } from '#lib/mime/header.ts'
import { signMessage } from './sign-message.ts'
import type { SigningKeys } from './signing-keys.ts'

export type OutgoingOrigin = {
  /** where the message came in, see AcceptedMessage */
  readonly listener: string
}

/** @returns the message, with the signatures before it where there are keys for the domain of From */
export type SignOutgoing = (origin: OutgoingOrigin, message: Buffer) => Promise<Buffer>

export function createOutgoingSigner(signingKeys: SigningKeys, now: () => Date): SignOutgoing {
  return async ({ listener }, message) => {
    const domain = listener === 'mx' ? null : fromDomain(message)
    if (domain === null) return message
    const keys = await signingKeys(domain)
    if (keys.length === 0) return message
    return Buffer.concat([await signMessage(message, keys, now()), message])
  }
}

/** The domain that DMARC looks at (RFC 9989 §4.2): of the first address of From. */
function fromDomain(message: Buffer): string | null {
  for (const field of scanFields(message, 0, message.length)) {
    if (field.name !== 'from') continue
    const [first] = fieldAddresses(message, field, 10).flatMap((entry) =>
      entry.kind === 'address' && entry.host !== '' ? [entry.host.toLowerCase()] : [],
    )
    return first ?? null
  }
  return null
}
