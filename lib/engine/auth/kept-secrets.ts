/**
 * The passwords that their owners asked to have kept, opened to check a proof of CRAM-MD5 or APOP.
 *
 * Guarantees: a name that nobody has, a credential that keeps no password and one that does cost the same work (up to
 * eight credentials of one name; then up to sixteen). Fails closed: an envelope that does not open proves nothing.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { envelopeContext, recoverableSecrets } from '#lib/accounts/recoverable-secret.ts'
import { bareSecret } from '#lib/accounts/secret.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { Enveloped } from '#lib/seal/envelope.ts'
import { SealBroken } from '#lib/seal/seal.ts'
import type { KnownCredential } from './credential-lookup.ts'

export type Proven =
  | { readonly credential: KnownCredential }
  /** what to tell the owner, who alone may know */
  | { readonly credential: null; readonly fault: ReasonId }

export interface KeptSecrets {
  prove(credentials: readonly KnownCredential[], proves: (secret: string) => boolean): Proven
}

const STEP = 8

type Kept = { readonly enveloped: Enveloped; readonly context: string }

export function openKeptSecrets(masterKey: Buffer): KeptSecrets {
  const envelope = recoverableSecrets(masterKey)
  const decoyContext = envelopeContext({ mailboxId: 0, credentialId: randomUUID() })
  const decoy: Kept = { enveloped: envelope.close(randomBytes(STEP), decoyContext), context: decoyContext }

  function open({ enveloped, context }: Kept): string | null {
    try {
      return envelope.open(enveloped, context).toString()
    } catch (error) {
      if (error instanceof SealBroken) return null
      throw error
    }
  }

  return {
    prove(credentials, proves) {
      const readable: KnownCredential[] = []
      const proven: KnownCredential[] = []
      const tries = Math.max(1, Math.ceil(credentials.length / STEP)) * STEP
      for (let index = 0; index < tries; index += 1) {
        const credential = credentials[index]
        const kept = credential === undefined ? null : keptOf(credential)
        const secret = open(kept ?? decoy) ?? ''
        const isProven = [secret, bareSecret(secret)].map(proves).includes(true)
        if (credential === undefined || kept === null || secret === '') continue
        readable.push(credential)
        if (isProven) proven.push(credential)
      }
      return proven[0] ? { credential: proven[0] } : { credential: null, fault: faultOf(credentials, readable) }
    },
  }
}

function keptOf({ mailbox_id, credential_id, sealed_key, sealed_secret }: KnownCredential): Kept | null {
  if (sealed_key === null || sealed_secret === null) return null
  return {
    enveloped: { sealedKey: sealed_key, sealedSecret: sealed_secret },
    context: envelopeContext({ mailboxId: mailbox_id, credentialId: credential_id }),
  }
}

/** A credential that was revoked keeps no password, whatever its owner had asked for. */
function faultOf(credentials: readonly KnownCredential[], readable: readonly KnownCredential[]): ReasonId {
  if (credentials.length === 0 || readable.length > 0) return 'badCredentials'
  return credentials.every((credential) => credential.is_revoked) ? 'credentialRevoked' : 'secretNotRecoverable'
}
