/**
 * Turns what the portal wrote for addresses elsewhere into letters.
 *
 * Guarantees: one letter for each notice, however many processes look; the letter is queued and the notice gone in one
 * commit. A notice of a kind that this release does not know is left for one that does.
 */
import { type AddressNoticeKind, addressNoticeKinds } from '#lib/accounts/address-notice-kinds.ts'
import type { Database } from '#lib/db/database.ts'
import type { Letterhead } from '../delivery/compose-letter.ts'
import { type LetterOffice, sendLetter } from '../delivery/send-letter.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { composeAddressLetter } from './address-letter.ts'

export type AddressNoticesParts = Letterhead &
  LetterOffice & {
    readonly database: Database
  }

const NOTICES_AT_ONCE = 50

const TAKE = {
  name: 'address-notices-take',
  text: `
DELETE FROM address_notices WHERE id IN (
  SELECT id FROM address_notices WHERE kind = ANY($1::text[]) ORDER BY id LIMIT ${NOTICES_AT_ONCE} FOR UPDATE SKIP LOCKED
) RETURNING address, kind, at`,
}

type Taken = { readonly address: string; readonly kind: AddressNoticeKind; readonly at: Date }

export function sendAddressNotices(parts: AddressNoticesParts): Promise<void> {
  return workRowByRow<Taken>(parts.database, {
    atOnce: NOTICES_AT_ONCE,
    take: (transaction) => transaction.query<Taken>(TAKE, [addressNoticeKinds]),
    done: async (transaction, taken) =>
      sendLetter(transaction, parts, taken.address, await composeAddressLetter({ ...parts, ...taken })),
  })
}
