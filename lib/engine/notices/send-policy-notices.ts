/**
 * Turns what the portal wrote about changes of the policy into letters to the other operators.
 *
 * Guarantees: one letter for each operator and change, however many processes look; the letter is queued and the notice
 * gone in one commit. Whoever is no operator any more, or has no address, gets none.
 */
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import type { Extent } from '#lib/policy/in-force.ts'
import { type PolicyChange, policyChanges } from '#lib/policy/policy-changes.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import { policyDocumentSchema } from '#lib/policy/schema.ts'
import { type LetterOffice, nothing, sendLetter } from '../delivery/send-letter.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { composePolicyLetter } from './policy-letter.ts'

export type PolicyNoticesParts = LetterOffice & {
  readonly database: Database
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
}

const NOTICES_AT_ONCE = 20

const TAKE = {
  name: 'policy-notices-take',
  text: `
WITH taken AS (
  DELETE FROM policy_notices WHERE id IN (
    SELECT id FROM policy_notices WHERE change = ANY($1::text[])
    ORDER BY id LIMIT ${NOTICES_AT_ONCE} FOR UPDATE SKIP LOCKED
  ) RETURNING *
)
SELECT CASE WHEN r.role = 'OPERATOR' AND r.disabled_at IS NULL THEN r.mail_address END AS "address",
  r.locale, t.change, t.version, t.base_version AS "baseVersion", t.extent, t.reason, t.at,
  coalesce(a.display_name, '') AS "author", v.document, b.document AS "baseDocument"
FROM taken t JOIN portal_accounts r ON r.id = t.reader_id JOIN policy_versions v ON v.id = t.version
  LEFT JOIN portal_accounts a ON a.id = t.author_id LEFT JOIN policy_versions b ON b.id = t.base_version
ORDER BY t.id`,
}

type Taken = {
  readonly address: string | null
  readonly locale: string
  readonly change: PolicyChange
  readonly version: number
  readonly baseVersion: number
  readonly extent: Extent | null
  readonly reason: string
  readonly at: Date
  readonly author: string
  readonly document: unknown
  readonly baseDocument: unknown
}

export function sendPolicyNotices(parts: PolicyNoticesParts): Promise<void> {
  return workRowByRow<Taken>(parts.database, {
    atOnce: NOTICES_AT_ONCE,
    take: (transaction) => transaction.query<Taken>(TAKE, [policyChanges]),
    done: async (transaction, { address, locale, document, baseDocument, ...change }) => {
      if (address === null) return nothing
      const first: Language = locale === 'en' ? 'en' : 'ja'
      const before = baseDocument === null ? defaultPolicy : policyDocumentSchema.parse(baseDocument)
      const differences = policyDiff(before, policyDocumentSchema.parse(document))
      const letter = await composePolicyLetter({ ...parts, ...change, address, first, differences })
      return sendLetter(transaction, parts, address, letter)
    },
  })
}
