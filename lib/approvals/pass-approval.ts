/**
 * The gate before a deed that takes two people. Asked for the first time it files a request with exactly what is asked
 * for; once another person has approved, it lets that through and nothing else: once, or for the same work until the
 * approval runs out.
 *
 * Guarantees: an approval is used in the transaction that does the deed, so both happen or neither does. It runs out.
 * An actor who acts by an approval uses it up or fails: two presses of one button are one deed.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { approvalIsOver } from './approval-is-over.ts'
import { type ApprovalDeed, isStanding } from './deeds.ts'

/** Exactly what is asked for, as the use-case takes it, without the reason. It is kept and read by others: no secret. */
export type Order = Readonly<Record<string, string | number>>

/** What is to be done: to one mailbox, or to what `subject` names in words that the other person reads. */
export type Matter = { readonly deed: ApprovalDeed; readonly order: Order; readonly reason: string } & (
  | { readonly mailboxId: number }
  | { readonly subject: string; readonly concernsAccount?: string }
)

const VALID_FOR_MS = 8 * 3_600_000

/** @returns false when the deed has to wait; the request is part of the transaction, which must commit all the same */
export async function passApproval(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  matter: Matter,
  takesTwo = true,
): Promise<boolean> {
  if (actor.approvalId === undefined && !takesTwo) return true
  const lock = `approval ${matter.deed} ${JSON.stringify(placeOf(matter))}`
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${lock}))`
  if (await takeApproval(transaction, actor, matter)) return true
  if (actor.approvalId !== undefined) throw approvalIsOver(actor.approvalId)
  const pending = await transaction.approval.findFirst({ where: { ...usable(actor, matter), decidedAt: null } })
  if (pending === null) await request(transaction, actor, matter)
  return false
}

/** @returns whether another one has approved it; an approval of one deed is used up by that */
export async function takeApproval(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  matter: Matter,
): Promise<boolean> {
  const approved = await transaction.approval.findFirst({ where: { ...usable(actor, matter), isApproved: true } })
  if (approved === null) return false
  if (isStanding(matter.deed)) return true
  const { id, decidedBy, mailboxId } = approved
  await transaction.approval.update({ where: { id }, data: { usedAt: new Date() } })
  await appendAudit(transaction, {
    actorId: actor.accountId,
    action: 'approval.use',
    subject: `approval:${id}`,
    mailboxId,
    reason: matter.reason,
    details: { deed: matter.deed, approvedBy: decidedBy },
  })
  return true
}

function placeOf(matter: Matter): { readonly mailboxId: number | null; readonly subject: string } {
  if ('subject' in matter) return { mailboxId: null, subject: matter.subject }
  return { mailboxId: matter.mailboxId, subject: '' }
}

function usable({ accountId, approvalId }: Actor, matter: Matter): Prisma.ApprovalWhereInput {
  const { deed, order } = matter
  const asked = { deed, ...placeOf(matter), order: { equals: order }, requestedBy: accountId }
  const open = { usedAt: null, expiresAt: { gt: new Date() } }
  return { ...asked, ...open, ...(approvalId === undefined ? {} : { id: approvalId }) }
}

async function request(
  transaction: Prisma.TransactionClient,
  { accountId: requestedBy }: Actor,
  matter: Matter,
): Promise<void> {
  const { deed, order, reason } = matter
  const { mailboxId, subject } = placeOf(matter)
  const expiresAt = new Date(Date.now() + VALID_FOR_MS)
  const concernsAccount = 'subject' in matter ? (matter.concernsAccount ?? null) : null
  const data = { deed, order, mailboxId, subject, concernsAccount, reason, requestedBy, expiresAt }
  const { id } = await transaction.approval.create({ data })
  await appendAudit(transaction, {
    actorId: requestedBy,
    action: 'approval.request',
    subject: `approval:${id}`,
    mailboxId,
    reason,
    details: { deed, subject },
  })
}
