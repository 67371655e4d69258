import { z } from 'zod'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { passApproval } from '#lib/approvals/pass-approval.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type Actor, notFound } from './actor.ts'
import { requirePermission } from './permissions.ts'

export const releaseSendingInput = z.object({
  mailboxId: z.coerce.number().int().positive(),
  reason: auditReason,
})

/**
 * From the commit on the mailbox sends again, and its trips so far no longer count. The owner sees who did it and why.
 * Releasing what is not held is no error. It takes two people.
 * @throws AppError forbidden, not_found
 */
export async function releaseSending(
  actor: Actor,
  input: z.infer<typeof releaseSendingInput>,
): Promise<GuardedOutcome> {
  requirePermission(actor, 'customer.releaseSending', 'heldSending.release')
  const { mailboxId, reason } = releaseSendingInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const mailbox = await transaction.mailbox.findUnique({ where: { id: mailboxId } })
    if (mailbox === null) throw notFound(`mailbox ${mailboxId}`)
    const isHeld = mailbox.sendingHeldAt !== null
    const matter = { deed: 'releaseSending', mailboxId, order: { mailboxId }, reason } as const
    if (!(await passApproval(transaction, actor, matter, isHeld))) return 'awaitingApproval'
    if (!isHeld) return 'done'
    await transaction.mailbox.update({
      where: { id: mailboxId },
      data: { sendingHeldAt: null, holdReason: null },
    })
    await transaction.sendingTrip.deleteMany({ where: { mailboxId } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'mailbox.releaseSending',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: { limit: mailbox.holdReason },
    })
    return 'done'
  })
}
