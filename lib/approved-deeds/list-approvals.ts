/** What waits for a second person, in plain facts, and what became of one's own requests until they run out. */
import type { Actor } from '#lib/accounts/actor.ts'
import { isPermitted, requirePermission } from '#lib/accounts/permissions.ts'
import { type ApprovalDeed, isApprovalDeed } from '#lib/approvals/deeds.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { Fact } from './facts.ts'
import { orders } from './orders.ts'

export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'done'

export type ApprovalView = {
  readonly id: string
  readonly deed: ApprovalDeed
  /** what exactly is to be done, and on whom */
  readonly facts: readonly Fact[]
  readonly reason: string
  readonly state: ApprovalState
  readonly requestedBy: string
  readonly decidedBy: string
  readonly isOwn: boolean
  /** by one button; otherwise where it was asked for */
  readonly isDoneHere: boolean
  readonly takesProof: boolean
  readonly mailboxId: number | null
  readonly customerId: string | null
  readonly expiresAt: Date
}

const MAX_SHOWN = 100

/** Those of others only for who may decide about them. @throws AppError forbidden */
export async function listApprovals(actor: Actor): Promise<ApprovalView[]> {
  requirePermission(actor, 'approval.read')
  const anybodys = isPermitted(actor.role, 'approval.decide') ? [{ decidedAt: null }] : []
  return read(actor, { OR: [...anybodys, { requestedBy: actor.accountId }] })
}

/** Where they were asked for: on one customer's page, or where deeds like these are done. */
export type Place = { readonly customerId: string } | { readonly deeds: readonly ApprovalDeed[] }

/** @throws AppError forbidden */
export async function listOwnApprovals(actor: Actor, place: Place): Promise<ApprovalView[]> {
  requirePermission(actor, 'approval.read')
  const there = 'deeds' in place ? { deed: { in: [...place.deeds] } } : { mailbox: { customerId: place.customerId } }
  return read(actor, { requestedBy: actor.accountId, ...there })
}

type Row = Prisma.ApprovalGetPayload<{ include: { mailbox: { select: { customerId: true } } } }>

async function read(actor: Actor, where: Prisma.ApprovalWhereInput): Promise<ApprovalView[]> {
  const rows = await prisma().approval.findMany({
    where: { AND: [where, { expiresAt: { gt: new Date() } }] },
    include: { mailbox: { select: { customerId: true } } },
    orderBy: { requestedAt: 'asc' },
    take: MAX_SHOWN,
  })
  const names = await namesOf(rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy ?? []].flat()))
  const views = await Promise.all(rows.map((row) => view(row, actor, names)))
  return views.filter((found) => found !== null).sort((one, other) => turns[one.state] - turns[other.state])
}

/** What can be done comes first, and does not move away under the hand that does it. */
const turns: Readonly<Record<ApprovalState, number>> = { approved: 0, done: 0, waiting: 1, refused: 2 }

async function namesOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const staff = await prisma().portalAccount.findMany({
    where: { id: { in: [...accountIds] } },
    select: { id: true, displayName: true },
  })
  return new Map(staff.map(({ id, displayName }) => [id, displayName]))
}

/** @returns null for what nobody can do any more */
async function view(row: Row, actor: Actor, names: ReadonlyMap<string, string>): Promise<ApprovalView | null> {
  const { id, deed, reason, requestedBy, decidedBy, mailboxId, mailbox, expiresAt } = row
  const order = isApprovalDeed(deed) ? orders[deed](row.order) : null
  const facts = await order?.facts().catch(ofNothing)
  if (!isApprovalDeed(deed) || !order || !facts) return null
  return {
    ...{ id, deed, facts, reason, mailboxId, expiresAt, state: stateOf(row), takesProof: order.takesProof },
    customerId: mailbox?.customerId ?? null,
    requestedBy: names.get(requestedBy) ?? '',
    decidedBy: names.get(decidedBy ?? '') ?? '',
    isOwn: requestedBy === actor.accountId,
    isDoneHere: order.perform !== null,
  }
}

/** What was asked about is gone since. */
function ofNothing(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null
  throw error
}

function stateOf({ decidedAt, isApproved, usedAt }: Row): ApprovalState {
  if (decidedAt === null) return 'waiting'
  if (!isApproved) return 'refused'
  return usedAt === null ? 'approved' : 'done'
}
