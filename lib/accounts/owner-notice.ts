/**
 * What is done to a mailbox at the desk, its owner hears of three times: by a letter, on the activity page and in the
 * audit trail. The letter is only asked for here; an engine worker writes it (lib/engine/notices).
 */
import { type AuditEntry, appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import type { OwnerNoticeKind } from './owner-notice-kinds.ts'

type OwnersEntry = AuditEntry & { readonly action: OwnerNoticeKind; readonly mailboxId: number }

/** Must run inside the transaction that does the thing recorded. */
export async function recordForOwner(transaction: Prisma.TransactionClient, entry: OwnersEntry): Promise<void> {
  const { mailboxId, action: kind, reason } = entry
  await appendAudit(transaction, entry)
  await transaction.ownerNotice.create({ data: { mailboxId, kind, reason } })
}
