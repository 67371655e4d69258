/**
 * The gate before a deed that takes two people. Asked for the first time it files a request; asked again by the same
 * person, after another one has approved, it lets through, once.
 *
 * Guarantees: an approval is used in the transaction that does the deed, so both happen or neither does. It runs out.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import type { ApprovalDeed } from './deeds.ts'

export type Matter = { readonly deed: ApprovalDeed; readonly mailboxId: number; readonly reason: string }

const VALID_FOR_MS = 8 * 3_600_000

/** @returns false when the deed has to wait; the request is part of the transaction, which must commit all the same */
export async function passApproval(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { deed, mailboxId, reason }: Matter,
): Promise<boolean> {
  await transaction.$executeRaw`SELECT 1 FROM mailboxes WHERE id = ${mailboxId} FOR NO KEY UPDATE`
  const requestedBy = actor.accountId
  const usable = { deed, mailboxId, requestedBy, usedAt: null, expiresAt: { gt: new Date() } }
  const approved = await transaction.approval.findFirst({ where: { ...usable, isApproved: true } })
  if (approved !== null) {
    await transaction.approval.update({ where: { id: approved.id }, data: { usedAt: new Date() } })
    return true
  }
  const pending = await transaction.approval.findFirst({ where: { ...usable, decidedAt: null } })
  if (pending !== null) return false
  const expiresAt = new Date(Date.now() + VALID_FOR_MS)
  const { id } = await transaction.approval.create({ data: { deed, mailboxId, reason, requestedBy, expiresAt } })
  await appendAudit(transaction, {
    actorId: requestedBy,
    action: 'approval.request',
    subject: `approval:${id}`,
    mailboxId,
    reason,
    details: { deed },
  })
  return false
}
