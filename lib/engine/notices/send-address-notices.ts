/**
 * Turns what the portal wrote for addresses elsewhere into letters.
 *
 * Guarantees: one letter for each notice, however many processes look; the letter is queued and the notice gone in one
 * commit. A notice of a kind that this release does not know is left for one that does.
 */
import { type AddressNoticeKind, addressNoticeKinds } from '#lib/accounts/address-notice-kinds.ts'
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { type LetterOffice, sendLetter } from '../delivery/send-letter.ts'
import { composeAddressLetter } from './address-letter.ts'

export type AddressNoticesParts = LetterOffice & {
  readonly database: Database
  readonly site: Pick<SiteEnv, 'domain' | 'name' | 'supportContact'>
  readonly portalUrl: string
}

const TAKE = {
  name: 'address-notices-take',
  text: `
DELETE FROM address_notices WHERE id = (
  SELECT id FROM address_notices WHERE kind = ANY($1::text[]) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING address, kind, at`,
}

export async function sendAddressNotices(parts: AddressNoticesParts): Promise<void> {
  while (await sendOne(parts));
}

async function sendOne(parts: AddressNoticesParts): Promise<boolean> {
  const afterCommit = await parts.database.transaction(async (transaction) => {
    type Taken = { address: string; kind: AddressNoticeKind; at: Date }
    const [taken] = await transaction.query<Taken>(TAKE, [addressNoticeKinds])
    if (taken === undefined) return null
    return sendLetter(transaction, parts, taken.address, await composeAddressLetter({ ...parts, ...taken }))
  })
  await afterCommit?.()
  return afterCommit !== null
}
