/**
 * Is this the password that a mailbox had on the old system? The portal and the engine ask here.
 *
 * Guarantees: where any hash is left, a name without one costs what one with it does: the hash of another mailbox is
 * compared, always the same one for the same name, so the costs of names spread alike. A process compares two at a time.
 */
import { hkdfSync } from 'node:crypto'
import type { Queryable } from '#lib/db/database.ts'
import { createSemaphore } from '#lib/semaphore/semaphore.ts'
import type { CompareHash } from './compare-hash.ts'
import { openHash } from './sealed-hash.ts'

export type InheritedPassword = {
  readonly id: string
  readonly mailbox_id: number
  readonly sealed_hash: Uint8Array
  readonly address: string
  readonly aliases: readonly string[]
  readonly is_suspended: boolean
  readonly has_utf7_folders: boolean
  /** nobody has a portal password for the contract yet, and this is its first mailbox */
  readonly opens_portal: boolean
}

export type ProofParts = {
  readonly database: Queryable
  readonly masterKey: Buffer
  readonly compareHash: CompareHash
}

type Row = InheritedPassword & { readonly is_own: boolean }

const MAX_PASSWORD_OCTETS = 256

const FIND = {
  name: 'inherited-password-of-address',
  text: `
    SELECT i.id, i.mailbox_id, i.sealed_hash, m.address, m.suspended_at IS NOT NULL AS is_suspended,
      m.has_utf7_folders, m.address = $1 AS is_own,
      ARRAY(SELECT a.address FROM aliases a WHERE a.mailbox_id = m.id) AS aliases,
      m.id = (SELECT min(first.id) FROM mailboxes first WHERE first.customer_id = m.customer_id)
      AND NOT EXISTS (
        SELECT FROM portal_accounts p
        WHERE (p.login = m.address OR (p.customer_id = m.customer_id AND p.role = 'SUBSCRIBER'))
          AND (p.login <> m.address OR p.customer_id IS DISTINCT FROM m.customer_id OR p.role <> 'SUBSCRIBER'
            OR p.disabled_at IS NOT NULL OR EXISTS (SELECT FROM web_sessions s WHERE s.account_id = p.id))
      ) AS opens_portal
    FROM inherited_passwords i JOIN mailboxes m ON m.id = i.mailbox_id
    WHERE i.mailbox_id = coalesce(
      (SELECT own.mailbox_id FROM inherited_passwords own JOIN mailboxes o ON o.id = own.mailbox_id WHERE o.address = $1),
      (SELECT min(mailbox_id) FROM inherited_passwords
       WHERE mailbox_id > $2::int4 % (SELECT max(mailbox_id) FROM inherited_passwords)))`,
}

const comparisons = createSemaphore({ permits: 2, maxWaiting: 32 })

/**
 * @returns null for a wrong password and for a mailbox that has none of the old system
 * @throws NoPermit when too many are compared already
 */
export async function provePassword(
  { database, masterKey, compareHash }: ProofParts,
  address: string,
  password: string,
): Promise<InheritedPassword | null> {
  const [found] = await database.query<Row>(FIND, [address, positionOf(address, masterKey)])
  if (found === undefined) return null
  const hash = openHash(masterKey, found.mailbox_id, found.sealed_hash)
  const octets = Buffer.from(password)
  const isPlausible = octets.length <= MAX_PASSWORD_OCTETS
  const isRight = await comparisons.run(() => compareHash(hash, isPlausible ? octets : Buffer.alloc(0)))
  return isRight && isPlausible && found.is_own ? found : null
}

/** Where among all mailboxes a name without a hash borrows one: nobody can tell who lends. */
function positionOf(address: string, masterKey: Buffer): number {
  return Buffer.from(hkdfSync('sha256', masterKey, address, 'inherited-password-position', 4)).readUInt32BE() >>> 1
}
