/** What the engine did, by itself or because a mail program asked, in the same chain as what people did in the portal. */
import type { Queryable } from '#lib/db/database.ts'
import { announceChange } from '#lib/webhooks/announce-change.ts'
import { type AuditEntry, auditHash, GENESIS } from './append-audit.ts'

const LOCK = { name: 'audit-lock', text: `SELECT pg_advisory_xact_lock(hashtext('audit_records'))` }
const LAST = { name: 'audit-last', text: 'SELECT hash FROM audit_records ORDER BY id DESC LIMIT 1' }
const APPEND = {
  name: 'audit-append',
  text: `
INSERT INTO audit_records (at, actor_id, action, subject, mailbox_id, reason, details, prev_hash, hash)
VALUES ($1, NULL, $2, $3, $4, $5, $6, $7, $8)`,
}

/** Must run inside the transaction that does the thing recorded: both stand or fall together. */
export async function appendSystemAudit(transaction: Queryable, given: Omit<AuditEntry, 'actorId'>): Promise<void> {
  await transaction.query(LOCK, [])
  const [last] = await transaction.query<{ hash: Buffer }>(LAST, [])
  const at = new Date()
  const prevHash = last?.hash ?? GENESIS
  const hash = auditHash(prevHash, at, { ...given, actorId: null })
  const { action, subject, mailboxId, reason, details } = given
  await transaction.query(APPEND, [at, action, subject, mailboxId, reason, JSON.stringify(details), prevHash, hash])
  await announceChange(transaction, given, at)
}
