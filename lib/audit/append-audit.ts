/**
 * The audit trail: append-only and hash-chained. Each record's hash covers its content and the hash before it, so a
 * record that is changed, removed or moved breaks the chain from there on.
 */
import { createHash } from 'node:crypto'
import type { Queryable } from '#lib/db/database.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { announceChange } from '#lib/webhooks/announce-change.ts'

export type AuditEntry = {
  /** null when the system itself acted */
  readonly actorId: string | null
  /** noun.verb: "credential.revoke" */
  readonly action: string
  /** "mailbox:12", "credential:0198…" */
  readonly subject: string
  /** whose owner may read this record; null for what concerns no mailbox */
  readonly mailboxId: number | null
  readonly reason: string
  /** never a secret, never a correspondent */
  readonly details: Record<string, string | number | boolean | null | readonly string[]>
}

export const GENESIS = Buffer.alloc(32)

/** What the hash is made of: every field in a fixed order. */
export function auditHash(prevHash: Uint8Array, at: Date, entry: AuditEntry): Buffer {
  const { actorId, action, subject, mailboxId, reason, details } = entry
  const content = JSON.stringify([at.toISOString(), actorId, action, subject, mailboxId, reason, sortKeys(details)])
  return createHash('sha256').update(prevHash).update(content).digest()
}

/** Must run inside the transaction that does the thing recorded: both stand or fall together. */
export async function appendAudit(transaction: Prisma.TransactionClient, entry: AuditEntry): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('audit_records'))`
  const last = await transaction.auditRecord.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } })
  const prevHash = new Uint8Array(last?.hash ?? GENESIS)
  const at = new Date()
  const hash = new Uint8Array(auditHash(prevHash, at, entry))
  await transaction.auditRecord.create({ data: { ...entry, details: sortKeys(entry.details), at, prevHash, hash } })
  const outbox: Queryable = { query: ({ text }, values) => transaction.$queryRawUnsafe(text, ...values) }
  await announceChange(outbox, entry, at)
}

/** jsonb does not keep the order of keys; the hash must not depend on it. */
function sortKeys(details: AuditEntry['details']): Prisma.InputJsonObject {
  return Object.fromEntries(
    Object.entries(details).sort(([one], [other]) => (one < other ? -1 : 1)),
  ) as Prisma.InputJsonObject
}
