/**
 * Changing flags (STORE, RFC 9051 §6.4.6, with UNCHANGEDSINCE of RFC 7162 §3.1.3).
 *
 * Guarantees: one statement; the folder's highest modseq is raised under its row lock before any message is touched,
 * so that sessions which ask "what changed since" see the change after its commit and never before.
 */
import type { Queryable } from '#lib/db/database.ts'
import type { MessageFlags } from '#lib/mail/message-flags.ts'
import type { FlagsRow } from './message-rows.ts'
import { between, messagesIn, rangeColumns, type UidRange } from './uid-range.ts'

export type FlagOperation = 'replace' | 'add' | 'remove'

export type FlagChange = MessageFlags & {
  readonly operation: FlagOperation
  /** messages that changed after this modseq are left alone */
  readonly unchangedSince: number | null
}

export type StoredFlags = FlagsRow & {
  /** false: it had changed after `unchangedSince`, or had these flags already */
  readonly isStored: boolean
  /** it had changed after `unchangedSince` */
  readonly isConflict: boolean
  readonly modseqBefore: number
}

const MAX_KEYWORDS = 64

const STORE = {
  name: 'store-flags',
  text: `
WITH raised AS (
  UPDATE folders SET highest_modseq = highest_modseq + 1 WHERE mailbox_id = $1 AND id = $2 RETURNING highest_modseq
), found AS (
  SELECT m.uid, m.flags, m.keywords, m.modseq, $8::int8 IS NOT NULL AND m.modseq > $8 AS conflict,
         CASE $5 WHEN 'replace' THEN $6::int2 WHEN 'add' THEN m.flags | $6::int2 ELSE m.flags & ~$6::int2 END AS new_flags,
         CASE $5
           WHEN 'replace' THEN $7::text[]
           WHEN 'add' THEN m.keywords || ARRAY(SELECT k FROM unnest($7::text[]) k
                           WHERE NOT EXISTS (SELECT 1 FROM unnest(m.keywords) had WHERE lower(had) = lower(k)))
           ELSE ARRAY(SELECT had FROM unnest(m.keywords) had
                      WHERE NOT EXISTS (SELECT 1 FROM unnest($7::text[]) k WHERE lower(had) = lower(k)))
         END AS new_keywords
  FROM raised, ${messagesIn('$3', '$4', { lock: 'FOR NO KEY UPDATE' })}
), changed AS (
  UPDATE messages m SET flags = f.new_flags, keywords = f.new_keywords[1:${MAX_KEYWORDS}], modseq = raised.highest_modseq
  FROM found f, raised
  WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND ${between('$3', '$4')} AND m.uid = f.uid AND NOT f.conflict
    AND (f.new_flags <> f.flags OR f.new_keywords <> f.keywords)
  RETURNING m.uid, m.flags, m.keywords, m.modseq
)
SELECT f.uid, f.conflict AS "isConflict", c.uid IS NOT NULL AS "isStored", f.modseq AS "modseqBefore",
       coalesce(c.flags, f.flags) AS flags, coalesce(c.keywords, f.keywords) AS keywords,
       coalesce(c.modseq, f.modseq) AS modseq
FROM found f LEFT JOIN changed c ON c.uid = f.uid ORDER BY f.uid`,
}

/** @returns every message that still exists, with the flags that it has now */
export function storeFlags(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  { operation, flags, keywords, unchangedSince }: FlagChange,
): Promise<StoredFlags[]> {
  const [firsts, lasts] = rangeColumns(uids)
  const values = [mailboxId, folderId, firsts, lasts, operation, flags, keywords, unchangedSince]
  return queryable.query<StoredFlags>(STORE, values)
}
