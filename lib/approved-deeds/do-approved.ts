/**
 * Whoever asked does what another one has approved, by one press.
 *
 * Guarantees: exactly what was asked for, read anew by the schema of its use-case, which checks anew whether this
 * person may; once; not after the approval has run out. The use-case uses the approval in its own transaction.
 */
import { z } from 'zod'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { approvalIsOver } from '#lib/approvals/approval-is-over.ts'
import { isApprovalDeed } from '#lib/approvals/deeds.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { orders } from './orders.ts'

export const doApprovedInput = z.object({ approvalId: z.uuid() })

/** @throws AppError forbidden, conflict (used, run out, not approved, another's), and what the use-case throws */
export async function doApproved(session: Session, input: z.input<typeof doApprovedInput>): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'approval.use')
  const { approvalId } = doApprovedInput.parse(input)
  const usable = { isApproved: true, usedAt: null, expiresAt: { gt: new Date() } }
  const approved = await prisma().approval.findFirst({
    where: { id: approvalId, requestedBy: actor.accountId, ...usable },
  })
  if (approved === null || !isApprovalDeed(approved.deed)) throw approvalIsOver(approvalId)
  const order = orders[approved.deed](approved.order)
  if (!order?.perform) throw approvalIsOver(approvalId)
  await order.perform({ ...session, actor: { ...actor, approvalId } }, approved.reason)
}
