/**
 * Every mailbox by how far it has come, for the desk that calls those who have not. Agents see whose it is and what
 * came of calling, never anything of the mail; each look at a page of the board is on record.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { isOfCustomer } from '#lib/accounts/probe-contract.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'
import type { CallOutcome } from './call-outcomes.ts'
import { isReceiving, isServed } from './directions.ts'
import { type LastSeen, type MoveState, moveState, moveStates } from './move-state.ts'

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

type Counts = Readonly<Partial<Record<MoveState, number>>>
type Found = LastSeen & { counts: Counts | null; id: number | null; customerId: string; address: string; name: string }
type Row = Found & { id: number }

export async function readBoard(actor: Actor, query: BoardQuery): Promise<Board> {
  requirePermission(actor, 'move.readBoard')
  const { show, page } = query
  const found = await readPage(actor.customerId, query)
  const rows = found.filter((row): row is Row => row.id !== null)
  const shown = rows.slice(0, PAGE_ROWS)
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
    counts: { failing: 0, half: 0, untouched: 0, done: 0, ...found[0]?.counts },
    rows: shown.map(({ id, customerId, address, name, counts: _, ...seen }) => ({
      ...{ mailboxId: id, customerId, address, name, state: show },
      seen: { ...seen, refusedFor: knownReason(seen.refusedFor) },
      lastNote: notes.get(id) ?? null,
    })),
    hasMore: rows.length > PAGE_ROWS,
  }
}

function knownReason(reason: string | null): ReasonId | null {
  return reason !== null && isReasonId(reason) ? reason : null
}

const last = (isOld: boolean, direction: Prisma.Sql) =>
  Prisma.sql`max(u.last_at) FILTER (WHERE u.is_old_host = ${isOld} AND ${isServed} AND ${direction})`
const isSending = Prisma.sql`NOT (${isReceiving})`

/**
 * The counts with every row, so also where the page is empty.
 * @param ownCustomerId an agent's own contract is not theirs to call
 */
function readPage(ownCustomerId: string | null, { show, page }: BoardQuery): Promise<Found[]> {
  return prisma().$queryRaw<Found[]>`
    WITH used AS (
      SELECT u.mailbox_id,
        ${last(true, isReceiving)} AS "oldReceiving", ${last(false, isReceiving)} AS "newReceiving",
        ${last(true, isSending)} AS "oldSending", ${last(false, isSending)} AS "newSending"
      FROM host_uses u WHERE u.day > (now() AT TIME ZONE 'Asia/Tokyo')::date - 30 GROUP BY u.mailbox_id
    ), refused AS (
      SELECT DISTINCT ON (mailbox_id) mailbox_id, at, reason FROM protocol_events
      WHERE kind = 'refusal' AND mechanism IS NOT NULL AND mailbox_id IS NOT NULL AND at > now() - interval '7 days'
      ORDER BY mailbox_id, at DESC
    ), seen AS (
      SELECT m.id, m.customer_id, m.address, used."oldReceiving", used."newReceiving", used."oldSending",
        used."newSending", refused.at AS "refusedAt", refused.reason AS "refusedFor"
      FROM mailboxes m LEFT JOIN used ON used.mailbox_id = m.id LEFT JOIN refused ON refused.mailbox_id = m.id
      WHERE ${isOfCustomer} AND m.customer_id IS DISTINCT FROM ${ownCustomerId}::uuid
    ), judged AS MATERIALIZED (
      SELECT s.*, ${moveState} AS state FROM seen s
    ), counted AS (
      SELECT json_object_agg(state, mailboxes) AS counts
      FROM (SELECT state, count(*)::int AS mailboxes FROM judged GROUP BY state) of_state
    ), shown AS (
      SELECT * FROM judged WHERE state = ${show} ORDER BY id LIMIT ${PAGE_ROWS + 1} OFFSET ${(page - 1) * PAGE_ROWS}
    )
    SELECT counted.counts, s.id, s.customer_id::text AS "customerId", s.address, c.name, s."oldReceiving",
      s."newReceiving", s."oldSending", s."newSending", s."refusedAt", s."refusedFor"
    FROM counted LEFT JOIN (shown s JOIN customers c ON c.id = s.customer_id) ON true
    ORDER BY s.id`
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
