/**
 * What is done to a mailbox at the desk, its owner hears of three times: by a letter, on the activity page and in the
 * audit trail. The letter is only asked for here; an engine worker writes it (lib/engine/notices).
 */
import { type AuditEntry, appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import type { OwnerNoticeKind } from './owner-notice-kinds.ts'

type OwnersEntry = AuditEntry & { readonly action: OwnerNoticeKind; readonly mailboxId: number }

/** Must run inside the transaction that does the thing recorded. */
export async function recordForOwner(transaction: Prisma.TransactionClient, entry: OwnersEntry): Promise<void> {
  const { mailboxId, action: kind, reason } = entry
  await appendAudit(transaction, entry)
  await transaction.ownerNotice.create({ data: { mailboxId, kind, reason } })
}

/** What somebody changed about their own sign-in: told to all mailboxes of a subscriber; staff have none. */
export async function recordForAccount(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { action, details = {} }: { readonly action: OwnerNoticeKind; readonly details?: AuditEntry['details'] },
): Promise<void> {
  const { accountId, customerId } = actor
  const entry = { actorId: accountId, action, subject: `account:${accountId}`, reason: '', details }
  const isOwner = actor.role === 'SUBSCRIBER' && customerId !== null
  const mailboxes = isOwner ? await transaction.mailbox.findMany({ where: { customerId }, select: { id: true } }) : []
  if (mailboxes.length === 0) await appendAudit(transaction, { ...entry, mailboxId: null })
  for (const { id: mailboxId } of mailboxes) await recordForOwner(transaction, { ...entry, mailboxId })
}
