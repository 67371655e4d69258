/**
 * Where an address leads: into a mailbox of ours, out to another domain, or nowhere.
 *
 * Guarantees: nothing is remembered, so a mailbox made or deleted a moment ago is answered rightly; look-ups that wait
 * at the same time share one statement instead. postmaster exists at every hosted domain (RFC 5321 §4.5.1) as long as
 * the site's own domain has a mailbox or an alias of that name. Letter case means nothing in hosted addresses.
 */
import type { Queryable } from '#lib/db/database.ts'
import { canonicalAddress, formatMailAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { createBatchLane } from './batch-lane.ts'

export type ResolvedRecipient =
  | {
      readonly kind: 'local'
      readonly mailboxId: number
      readonly isFull: boolean
      /** a script is to decide what becomes of its mail */
      readonly hasScript: boolean
    }
  | { readonly kind: 'remote'; readonly domain: string }
  /** the sender of mail that we have forwarded: a report about it goes back to `address` */
  | { readonly kind: 'returning'; readonly address: string; readonly domain: string }
  | { readonly kind: 'unknown' }

export type ResolveRecipient = (address: string) => Promise<ResolvedRecipient>

const FIND = {
  name: 'delivery-find-recipients',
  text: `
SELECT found.*, EXISTS (SELECT FROM sieve_scripts s WHERE s.mailbox_id = found.mailbox_id AND s.is_active) AS has_script
FROM (
  SELECT a.address, m.id AS mailbox_id, m.used_bytes >= m.quota_bytes AS is_full
  FROM unnest($1::text[]) AS a(address) JOIN mailboxes m ON m.address = a.address
  UNION ALL
  SELECT a.address, m.id, m.used_bytes >= m.quota_bytes
  FROM unnest($1::text[]) AS a(address) JOIN aliases l ON l.address = a.address JOIN mailboxes m ON m.id = l.mailbox_id
) found`,
}

type FoundRow = { address: string; mailbox_id: number; is_full: boolean; has_script: boolean }

const MAX_BATCH = 200

export type HostedSite = { readonly domain: string; readonly hostedDomains: readonly string[] }

/** @param senderOfForwarded reads the local parts that lib/mail/srs.ts makes */
export function createRecipientResolver(
  database: Queryable,
  site: HostedSite,
  senderOfForwarded: (localPart: string) => string | null = () => null,
): ResolveRecipient {
  const hosted = new Set(site.hostedDomains)
  const postmaster = `postmaster@${site.domain}`

  const findLocal = createBatchLane<string, ResolvedRecipient>({
    maxItems: MAX_BATCH,
    async write(addresses) {
      const rows = await database.query<FoundRow>(FIND, [[...new Set(addresses)]])
      const found = new Map(rows.map((row) => [row.address, row]))
      return addresses.map((address) => {
        const row = found.get(address)
        if (row === undefined) return { kind: 'unknown' }
        return { kind: 'local', mailboxId: row.mailbox_id, isFull: row.is_full, hasScript: row.has_script }
      })
    },
  })

  return async (address) => {
    // RFC 5321 §4.1.1.3: postmaster may be named without a domain.
    if (address.toLowerCase() === 'postmaster') return findLocal(postmaster)
    const parsed = parseMailAddress(address)
    if (parsed === null) return { kind: 'unknown' }
    if (!hosted.has(parsed.domain)) return { kind: 'remote', domain: parsed.domain }
    const sender = parseMailAddress(senderOfForwarded(parsed.localPart) ?? '')
    if (sender !== null) return { kind: 'returning', address: formatMailAddress(sender), domain: sender.domain }
    const found = await findLocal(canonicalAddress(parsed))
    const isPostmaster = parsed.localPart.toLowerCase() === 'postmaster'
    return found.kind === 'unknown' && isPostmaster ? findLocal(postmaster) : found
  }
}
