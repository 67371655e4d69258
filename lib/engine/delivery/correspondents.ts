/**
 * To whom a mailbox has written before: a stolen password writes to strangers.
 *
 * Guarantees: nobody's address is kept, only an HMAC of mailbox and address under a key of the site, so that neither a
 * thief of the database nor two mailboxes side by side tell who writes to whom; and that only as long as the policy says.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { byteaArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import type { Tally } from '#lib/policy/sending-limits.ts'

/** A key object, because Node would make a new one of a buffer for every recipient. */
export type CorrespondentKey = KeyObject

export type Correspondent = { readonly mailboxId: number; readonly digest: Buffer }

export function correspondentKeyFrom(masterKey: Buffer): CorrespondentKey {
  return createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'correspondents', 32)))
}

const DIGEST_BYTES = 16

export function correspondentOf(key: CorrespondentKey, mailboxId: number, address: string): Correspondent {
  const parsed = parseMailAddress(address)
  const canonical = parsed === null ? address.toLowerCase() : canonicalAddress(parsed)
  const hmac = createHmac('sha256', key).update(`${mailboxId}:${canonical}`)
  return { mailboxId, digest: hmac.digest().subarray(0, DIGEST_BYTES) }
}

// The second half sees the table as it was before the first.
const MEET = {
  name: 'delivery-meet-correspondents',
  text: `
WITH met AS (
  INSERT INTO correspondents AS c (mailbox_id, digest)
  SELECT DISTINCT a.mailbox_id, a.digest FROM unnest($1::int4[], $2::bytea[]) AS a(mailbox_id, digest) ORDER BY 1, 2
  ON CONFLICT (mailbox_id, digest) DO UPDATE SET last_sent_at = now() WHERE c.last_sent_at < now() - interval '1 day'
  RETURNING mailbox_id, digest, xmax = 0 AS is_new
)
SELECT mailbox_id, digest, 0 AS leaves_in_seconds FROM met WHERE is_new
UNION ALL
SELECT c.mailbox_id, NULL, ceil(extract(epoch FROM c.first_sent_at + interval '24 hours' - now()))::int4
FROM correspondents c
WHERE c.mailbox_id = ANY ($1::int4[]) AND c.first_sent_at > now() - interval '24 hours'`,
}

type MetRow = { mailbox_id: number; digest: Buffer | null; leaves_in_seconds: number }

export type MetCorrespondents = {
  isNew(correspondent: Correspondent): boolean
  /** whom the mailbox met in the last 24 hours before this transaction */
  newToday(mailboxId: number): Tally
}

/** Must come after the mailboxes' counters were raised: their locks keep others from meeting the same people meanwhile. */
export async function meetCorrespondents(
  transaction: Queryable,
  correspondents: readonly Correspondent[],
): Promise<MetCorrespondents> {
  const ids = correspondents.map(({ mailboxId }) => mailboxId)
  const digests = byteaArray(correspondents.map(({ digest }) => digest))
  const rows = correspondents.length === 0 ? [] : await transaction.query<MetRow>(MEET, [ids, digests])
  const met = new Set(rows.flatMap(({ mailbox_id, digest }) => (digest ? [nameOf(mailbox_id, digest)] : [])))
  return {
    isNew: ({ mailboxId, digest }) => met.has(nameOf(mailboxId, digest)),
    newToday: (mailboxId) =>
      rows
        .filter(({ mailbox_id, digest }) => mailbox_id === mailboxId && digest === null)
        .map(({ leaves_in_seconds }) => ({ amount: 1, leavesInSeconds: leaves_in_seconds })),
  }
}

export function nameOf(mailboxId: number, digest: Buffer): string {
  return `${mailboxId}:${digest.toString('base64url')}`
}
