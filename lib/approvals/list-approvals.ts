/** What waits for a second person, and what became of one's own requests. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type ApprovalDeed, isApprovalDeed } from './deeds.ts'

export type ApprovalView = {
  readonly id: string
  readonly deed: ApprovalDeed
  /** a mailbox's address, or what it concerns otherwise */
  readonly subject: string
  readonly reason: string
  readonly requestedBy: string
  readonly isOwn: boolean
  readonly isApproved: boolean
  readonly expiresAt: Date
}

const MAX_SHOWN = 100

export async function listApprovals(actor: Actor): Promise<ApprovalView[]> {
  requirePermission(actor, 'approval.read')
  const own = { requestedBy: actor.accountId, isApproved: true, usedAt: null }
  const rows = await prisma().approval.findMany({
    where: { expiresAt: { gt: new Date() }, OR: [{ decidedAt: null }, own] },
    include: { mailbox: { select: { address: true } } },
    orderBy: { requestedAt: 'asc' },
    take: MAX_SHOWN,
  })
  const staff = await prisma().portalAccount.findMany({
    where: { id: { in: rows.map(({ requestedBy }) => requestedBy) } },
    select: { id: true, displayName: true },
  })
  const names = new Map(staff.map(({ id, displayName }) => [id, displayName]))
  return rows.flatMap(({ id, deed, mailbox, subject: words, reason, requestedBy, isApproved, expiresAt }) => {
    if (!isApprovalDeed(deed)) return []
    const isOwn = requestedBy === actor.accountId
    const subject = mailbox?.address ?? words
    return [{ id, deed, subject, reason, requestedBy: names.get(requestedBy) ?? '', isOwn, isApproved, expiresAt }]
  })
}
