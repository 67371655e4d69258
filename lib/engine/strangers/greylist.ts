/**
 * Greylisting (RFC 6647): a host that brings mail from this sender to this recipient for the first time is asked to come
 * again. A mail server does, in its own time; much of what sends spam does not.
 *
 * Guarantees: it is the network (IPv4 /24, IPv6 /64) that counts, since a pool of servers takes turns. What is kept is an
 * HMAC of network, sender and recipient, never an address. A database that cannot be asked lets the message pass.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { placeOf } from '#lib/attempts/place.ts'
import { byteaArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'

export type Visit = { readonly address: string; readonly sender: string; readonly recipients: readonly string[] }

export interface Greylist {
  /** Remembers the visit. @returns the seconds after which it may come again; 0 when it has waited long enough */
  waitSeconds(visit: Visit, retrySeconds: number): Promise<number>
}

const DIGEST_BYTES = 16

const VISIT = {
  name: 'greylist-visit',
  text: `
WITH seen AS (
  INSERT INTO greylist_triplets AS g (digest)
  SELECT DISTINCT digest FROM unnest($1::bytea[]) AS a(digest) ORDER BY 1
  ON CONFLICT (digest) DO UPDATE SET last_at = now()
  RETURNING first_at
)
SELECT least($2::float8, ceil(extract(epoch FROM max(first_at) + make_interval(secs => $2::float8) - now()))::float8)::int4 AS wait
FROM seen`,
}

export function openGreylist(database: Queryable, masterKey: Buffer, onFault: (error: unknown) => void): Greylist {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'greylist', 32))
  return {
    async waitSeconds({ address, sender, recipients }, retrySeconds) {
      const { networkName } = placeOf(address)
      const digests = recipients.map((recipient) => digestOf(key, [networkName, sender, recipient]))
      try {
        const [row] = await database.query<{ wait: number }>(VISIT, [byteaArray(digests), retrySeconds])
        return Math.max(0, row?.wait ?? 0)
      } catch (error) {
        onFault(error)
        return 0
      }
    },
  }
}

function digestOf(key: Buffer, parts: readonly string[]): Buffer {
  const text = parts.map((part) => `${part.length}:${part.toLowerCase()}`).join('')
  return createHmac('sha256', key).update(text).digest().subarray(0, DIGEST_BYTES)
}
