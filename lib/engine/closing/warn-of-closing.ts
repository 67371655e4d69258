/**
 * Warns owners of mailboxes that are going to be deleted at their wish: when half of the time is over, and on the last day.
 *
 * Guarantees: one letter for each of the two, however many processes look; the letter and the note of it are one commit.
 */
import type { NoticeParts } from '../delivery/put-notice.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { composeClosingLetter } from './closing-letter.ts'

const MAILBOXES_AT_ONCE = 50

const DUE = {
  name: 'closing-warnings',
  text: `
UPDATE mailboxes m SET closing_warnings = due.warnings
FROM (
  SELECT id, CASE WHEN closes_at < now() + interval '1 day' THEN 2 ELSE 1 END AS warnings FROM mailboxes
  WHERE closes_at > now() AND (
    (closing_warnings < 2 AND closes_at < now() + interval '1 day') OR
    (closing_warnings < 1 AND closes_at < now() + make_interval(days => $1) / 2))
  ORDER BY id LIMIT ${MAILBOXES_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
) due
WHERE m.id = due.id
RETURNING m.id, m.address, m.closes_at AS "closesAt"`,
}

type Due = { id: number; address: string; closesAt: Date }

/** @param waitDays of the policy */
export function warnOfClosing({ database, putNotice, site, portalUrl }: NoticeParts, waitDays: number): Promise<void> {
  return workRowByRow<Due>(database, {
    atOnce: MAILBOXES_AT_ONCE,
    take: (transaction) => transaction.query<Due>(DUE, [waitDays]),
    async done(transaction, { id: mailboxId, address, closesAt }) {
      const content = await composeClosingLetter({ address, closesAt, site, portalUrl, now: new Date() })
      return putNotice(transaction, { mailboxId, address, content })
    },
  })
}
