/** Somebody else of the staff approves a request, or refuses it. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'

export const decideApprovalInput = z.object({ approvalId: z.uuid(), verdict: z.enum(['approve', 'refuse']) })

/** @throws AppError forbidden, conflict (one's own request or own contract, decided already, run out) */
export async function decideApproval(actor: Actor, input: z.infer<typeof decideApprovalInput>): Promise<void> {
  requirePermission(actor, 'approval.decide')
  const { approvalId, verdict } = decideApprovalInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const asked = await transaction.approval.findUnique({
      where: { id: approvalId },
      include: { mailbox: { select: { customerId: true } } },
    })
    if (asked === null || isOwn(actor, asked)) throw notYours()
    const { count } = await transaction.approval.updateMany({
      where: { id: approvalId, decidedAt: null, expiresAt: { gt: new Date() } },
      data: { decidedAt: new Date(), decidedBy: actor.accountId, isApproved: verdict === 'approve' },
    })
    if (count === 0) throw notYours()
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: `approval.${verdict}`,
      subject: `approval:${approvalId}`,
      mailboxId: asked.mailboxId,
      reason: asked.reason,
      details: { deed: asked.deed, subject: asked.subject },
    })
  })
}

type Asked = {
  readonly requestedBy: string
  readonly concernsAccount: string | null
  readonly mailbox: { readonly customerId: string } | null
}

/** One's own request, one's own contract, or one's own role. */
function isOwn({ accountId, customerId }: Actor, { requestedBy, concernsAccount, mailbox }: Asked): boolean {
  const isOwnContract = mailbox !== null && mailbox.customerId === customerId
  return requestedBy === accountId || concernsAccount === accountId || isOwnContract
}

function notYours(): AppError {
  return new AppError('conflict', 'approval not open to this actor', {
    ja: 'この依頼は承認できません。ご自身の依頼か、すでに決まったか、期限が過ぎています。一覧を開き直してください。',
    en: 'You cannot decide this request: it is your own, was decided already, or has run out. Open the list again.',
  })
}
