/**
 * Every mailbox by how far it has come, for the desk that calls those who have not. Agents see whose it is and what
 * came of calling, never anything of the mail; each look at a page of the board is on record.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'
import type { CallOutcome } from './call-outcomes.ts'
import { isReceiving, isServed } from './directions.ts'
import { type LastSeen, type MoveState, moveStateOf, moveStates } from './move-state.ts'

export const boardQuery = z.object({
  show: z.enum(moveStates).catch('failing'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type BoardQuery = z.infer<typeof boardQuery>

export type BoardRow = {
  readonly mailboxId: number
  readonly customerId: string
  readonly address: string
  readonly name: string
  readonly state: MoveState
  readonly seen: LastSeen
  readonly lastNote: { readonly outcome: CallOutcome; readonly note: string; readonly at: Date } | null
}

export type Board = {
  readonly counts: Readonly<Record<MoveState, number>>
  readonly rows: readonly BoardRow[]
  readonly hasMore: boolean
}

const PAGE_ROWS = 30

type Row = LastSeen & { id: number; customerId: string; address: string; name: string }

export async function readBoard(actor: Actor, { show, page }: BoardQuery): Promise<Board> {
  requirePermission(actor, 'move.readBoard')
  const mailboxes = await lastSeenOfAll(actor.customerId)
  const byState = Map.groupBy(mailboxes, moveStateOf)
  const counts = Object.fromEntries(moveStates.map((state) => [state, byState.get(state)?.length ?? 0]))
  const chosen = byState.get(show) ?? []
  const shown = chosen.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)
  const notes = await latestNotes(shown.map(({ id }) => id))
  await prisma().$transaction((transaction) =>
    appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'move.readBoard',
      subject: 'move',
      mailboxId: null,
      reason: '',
      details: { show, page, mailboxes: shown.length },
    }),
  )
  return {
    counts: counts as Board['counts'],
    rows: shown.map(({ id, customerId, address, name, ...seen }) => ({
      ...{ mailboxId: id, customerId, address, name, state: show },
      seen: { ...seen, refusedFor: knownReason(seen.refusedFor) },
      lastNote: notes.get(id) ?? null,
    })),
    hasMore: chosen.length > page * PAGE_ROWS,
  }
}

function knownReason(reason: string | null): ReasonId | null {
  return reason !== null && isReasonId(reason) ? reason : null
}

const last = (isOld: boolean, direction: Prisma.Sql) =>
  Prisma.sql`max(u.last_at) FILTER (WHERE u.is_old_host = ${isOld} AND ${isServed} AND ${direction})`
const isSending = Prisma.sql`NOT (${isReceiving})`

/** @param ownCustomerId an agent's own contract is not theirs to call */
function lastSeenOfAll(ownCustomerId: string | null): Promise<Row[]> {
  return prisma().$queryRaw<Row[]>`
    WITH used AS (
      SELECT u.mailbox_id,
        ${last(true, isReceiving)} AS "oldReceiving", ${last(false, isReceiving)} AS "newReceiving",
        ${last(true, isSending)} AS "oldSending", ${last(false, isSending)} AS "newSending"
      FROM host_uses u WHERE u.day > (now() AT TIME ZONE 'Asia/Tokyo')::date - 30 GROUP BY u.mailbox_id
    ), refused AS (
      SELECT DISTINCT ON (mailbox_id) mailbox_id, at, reason FROM protocol_events
      WHERE kind = 'refusal' AND mechanism IS NOT NULL AND mailbox_id IS NOT NULL AND at > now() - interval '7 days'
      ORDER BY mailbox_id, at DESC
    )
    SELECT m.id, m.customer_id::text AS "customerId", m.address, c.name, used."oldReceiving", used."newReceiving",
      used."oldSending", used."newSending", refused.at AS "refusedAt", refused.reason AS "refusedFor"
    FROM mailboxes m JOIN customers c ON c.id = m.customer_id
      LEFT JOIN used ON used.mailbox_id = m.id LEFT JOIN refused ON refused.mailbox_id = m.id
    WHERE EXISTS (SELECT FROM portal_accounts a WHERE a.customer_id = m.customer_id AND a.role = 'SUBSCRIBER')
      AND m.customer_id IS DISTINCT FROM ${ownCustomerId}::uuid
    ORDER BY m.id`
}

async function latestNotes(mailboxIds: readonly number[]) {
  const notes = await prisma().callNote.findMany({
    where: { mailboxId: { in: [...mailboxIds] } },
    distinct: ['mailboxId'],
    orderBy: [{ mailboxId: 'asc' }, { at: 'desc' }],
  })
  return new Map(
    notes.map(({ mailboxId, outcome, note, at }) => [mailboxId, { outcome: outcome as CallOutcome, note, at }]),
  )
}
