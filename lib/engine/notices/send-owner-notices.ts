/**
 * Turns what the portal wrote into the outbox of notices into letters.
 *
 * Guarantees: one letter for each notice, however many processes look; the letter is stored and the notice gone in one
 * commit. Refuses nothing: a notice of a kind that this release does not know is left for one that does.
 */
import { type OwnerNoticeKind, ownerNoticeKinds } from '#lib/accounts/owner-notice-kinds.ts'
import type { NoticeParts } from '../delivery/put-notice.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { composeOwnerLetter } from './owner-letter.ts'

const NOTICES_AT_ONCE = 50

const TAKE = {
  name: 'owner-notices-take',
  text: `
WITH taken AS (
  DELETE FROM owner_notices WHERE id IN (
    SELECT id FROM owner_notices WHERE kind = ANY($1::text[]) ORDER BY id LIMIT ${NOTICES_AT_ONCE} FOR UPDATE SKIP LOCKED
  ) RETURNING id, mailbox_id, kind, reason, at
)
SELECT t.mailbox_id AS "mailboxId", m.address, t.kind, t.reason, t.at
FROM taken t JOIN mailboxes m ON m.id = t.mailbox_id ORDER BY t.id`,
}

type Taken = { mailboxId: number; address: string; kind: OwnerNoticeKind; reason: string; at: Date }

export function sendOwnerNotices({ database, putNotice, site, portalUrl }: NoticeParts): Promise<void> {
  return workRowByRow<Taken>(database, {
    atOnce: NOTICES_AT_ONCE,
    take: (transaction) => transaction.query<Taken>(TAKE, [ownerNoticeKinds]),
    async done(transaction, { mailboxId, ...news }) {
      const content = await composeOwnerLetter({ ...news, site, portalUrl })
      return putNotice(transaction, { mailboxId, address: news.address, content })
    },
  })
}
