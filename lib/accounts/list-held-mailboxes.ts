/** The mailboxes whose sending is held, and why: never to whom they wrote. */
import { prisma } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'
import type { Actor } from './actor.ts'
import { requirePermission } from './permissions.ts'

export type HeldMailbox = {
  readonly mailboxId: number
  readonly address: string
  readonly heldAt: Date
  readonly limit: ReasonId
}

const MAX_SHOWN = 200

/** Longest held first. */
export async function listHeldMailboxes(actor: Actor): Promise<HeldMailbox[]> {
  requirePermission(actor, 'heldSending.read')
  const rows = await prisma().mailbox.findMany({
    where: { sendingHeldAt: { not: null } },
    orderBy: { sendingHeldAt: 'asc' },
    take: MAX_SHOWN,
    select: { id: true, address: true, sendingHeldAt: true, holdReason: true },
  })
  return rows.flatMap(({ id, address, sendingHeldAt, holdReason }) =>
    sendingHeldAt === null ? [] : [{ mailboxId: id, address, heldAt: sendingHeldAt, limit: limitFrom(holdReason) }],
  )
}

function limitFrom(text: string | null): ReasonId {
  return text !== null && isReasonId(text) ? text : 'sendingLimitReached'
}
