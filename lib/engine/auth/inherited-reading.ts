/**
 * Reading (POP3, IMAP) by the password of the old system, until the day of the policy; that day ends the sessions too.
 *
 * Guarantees: while the policy allows it, names that have such a password and names that have none cost the same.
 * Refuses: sending and ManageSieve; to open a RelayWindow. Too many comparisons at once are a temporary refusal.
 */
import type { Database } from '#lib/db/database.ts'
import type { CompareHash } from '#lib/inherited-passwords/compare-hash.ts'
import { type InheritedPassword, provePassword } from '#lib/inherited-passwords/prove-password.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { ProvenCredential } from './credential-lookup.ts'
import type { SessionFacts } from './identity.ts'

export interface InheritedReading {
  isOpenTo(session: SessionFacts): boolean
  /** @returns null for a wrong password and for a name without one of the old system */
  prove(address: string, password: string): Promise<ProvenCredential | null>
}

export type InheritedReadingParts = {
  readonly database: Database
  readonly policy: PolicySource
  readonly masterKey: Buffer
  readonly compareHash: CompareHash
}

export function openInheritedReading({ policy, ...parts }: InheritedReadingParts): InheritedReading {
  return {
    isOpenTo({ listener }) {
      return policy.decide({ stage: 'inheritedPassword', listener, at: new Date() }).outcome === 'accept'
    },
    async prove(address, password) {
      const proven = await provePassword(parts, address, password)
      const until = policy.current()?.document.inheritedPasswords.readingUntil ?? null
      return proven === null || until === null ? null : readingOnly(proven, new Date(until))
    },
  }
}

function readingOnly(proven: InheritedPassword, expiresAt: Date): ProvenCredential {
  const { id, mailbox_id, address, aliases, is_suspended, has_utf7_folders } = proven
  return {
    credential_id: id,
    mailbox_id,
    address,
    aliases,
    is_suspended,
    has_utf7_folders,
    scopes: ['pop', 'imap'],
    is_revoked: false,
    is_expired: false,
    expires_at: expiresAt,
    pop_before_smtp: false,
  }
}
