/**
 * Warns owners of mailboxes that are going to be deleted at their wish: when half of the time is over, and on the last day.
 *
 * Guarantees: one letter for each of the two, however many processes look; the letter and the note of it are one commit.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { PutNotice } from '../delivery/put-notice.ts'
import { composeClosingLetter } from './closing-letter.ts'

export type ClosingWarningParts = {
  readonly database: Database
  readonly putNotice: PutNotice
  readonly site: Pick<SiteEnv, 'domain' | 'name' | 'supportContact'>
  readonly portalUrl: string
}

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
export async function warnOfClosing(parts: ClosingWarningParts, waitDays: number): Promise<void> {
  let count: number
  do {
    const letters = await parts.database.transaction((transaction) => warnSome(transaction, parts, waitDays))
    for (const afterCommit of letters) afterCommit()
    count = letters.length
  } while (count === MAILBOXES_AT_ONCE)
}

async function warnSome(
  transaction: Queryable,
  { putNotice, site, portalUrl }: ClosingWarningParts,
  waitDays: number,
): Promise<(() => void)[]> {
  const letters: (() => void)[] = []
  for (const { id: mailboxId, address, closesAt } of await transaction.query<Due>(DUE, [waitDays])) {
    const content = await composeClosingLetter({ address, closesAt, site, portalUrl, now: new Date() })
    letters.push(await putNotice(transaction, { mailboxId, address, content }))
  }
  return letters
}
