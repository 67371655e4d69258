/**
 * Warns the owner of a mailbox by a letter when it is 80 and when it is 95 per cent full.
 *
 * Guarantees: one letter for each of the two marks, however many processes look; letter and mark are one commit. Whoever
 * tidies up is warned again the next time. The letter arrives in a full mailbox, too.
 */
import { warningPercents } from '#lib/mail/fullness.ts'
import type { NoticeParts } from '../delivery/put-notice.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { composeQuotaNotice } from './quota-notice.ts'

const MAILBOXES_AT_ONCE = 100
const [FIRST, SECOND] = warningPercents
/** A mailbox that swings about a mark is not warned each time. */
const TIDIED_PERCENT = 5

const PASSED = `CASE WHEN used_bytes * 100 >= quota_bytes * ${SECOND} THEN ${SECOND}
                     WHEN used_bytes * 100 >= quota_bytes * ${FIRST} THEN ${FIRST} ELSE 0 END`

const CROSSED = {
  name: 'quota-crossed',
  text: `
UPDATE mailboxes m SET quota_warned_percent = crossed.percent
FROM (
  SELECT id, quota_warned_percent AS told, ${PASSED} AS percent FROM mailboxes
  WHERE quota_warned_percent < ${PASSED}
     OR (quota_warned_percent > 0 AND used_bytes * 100 < quota_bytes * (quota_warned_percent - ${TIDIED_PERCENT}))
  ORDER BY id LIMIT ${MAILBOXES_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
) crossed
WHERE m.id = crossed.id
RETURNING m.id, m.address, m.used_bytes AS "usedBytes", m.quota_bytes AS "quotaBytes", crossed.percent,
          crossed.percent > crossed.told AS "isFuller"`,
}

type Crossed = {
  id: number
  address: string
  usedBytes: number
  quotaBytes: number
  percent: number
  isFuller: boolean
}

export function warnOfFullMailboxes({ database, putNotice, site, portalUrl }: NoticeParts): Promise<void> {
  return workRowByRow<Crossed>(database, {
    atOnce: MAILBOXES_AT_ONCE,
    take: (transaction) => transaction.query<Crossed>(CROSSED, []),
    async done(transaction, { id: mailboxId, isFuller, ...fullness }) {
      if (!isFuller) return undefined
      const content = await composeQuotaNotice({ ...fullness, site, portalUrl, now: new Date() })
      return putNotice(transaction, { mailboxId, address: fullness.address, content })
    },
  })
}
