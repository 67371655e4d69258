/** "Who was affected by this between then and then?", answered from the audit trail alone. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { conditionOf, trailQuery } from './trail-query.ts'

export type AffectedMailbox = {
  readonly mailboxId: number
  /** null: the mailbox is gone */
  readonly address: string | null
  readonly contractNumber: string | null
  readonly records: number
  readonly firstAt: Date
  readonly lastAt: Date
  readonly actions: readonly string[]
}

export type Affected = {
  readonly mailboxes: readonly AffectedMailbox[]
  /** more mailboxes than are listed */
  readonly isCut: boolean
  /** changes that named no mailbox: of the policy, of announcements, of keys. They concern everybody. */
  readonly general: readonly {
    readonly id: string
    readonly at: Date
    readonly action: string
    readonly subject: string
  }[]
}

const MAX_MAILBOXES_SHOWN = 1_000
export const maxMailboxesExported = 20_000
const MAX_GENERAL = 100

/** @throws AppError forbidden */
export async function whoWasAffected(
  actor: Actor,
  input: z.input<typeof trailQuery>,
  maxMailboxes = MAX_MAILBOXES_SHOWN,
): Promise<Affected> {
  requirePermission(actor, 'audit.read')
  const query = trailQuery.parse(input)
  const where = await conditionOf(query)
  const [groups, general] = await Promise.all([
    prisma().auditRecord.groupBy({
      by: ['mailboxId'],
      where: { AND: [where, { mailboxId: { not: null } }] },
      _count: true,
      _min: { at: true },
      _max: { at: true },
      orderBy: { mailboxId: 'asc' },
      take: maxMailboxes + 1,
    }),
    prisma().auditRecord.findMany({
      where: { AND: [where, { mailboxId: null }] },
      orderBy: { id: 'asc' },
      take: MAX_GENERAL,
    }),
  ])
  const listed = groups.slice(0, maxMailboxes)
  const ids = listed.flatMap(({ mailboxId }) => mailboxId ?? [])
  const [owners, actions] = await Promise.all([ownersOf(ids), actionsOf(where, ids)])
  return {
    mailboxes: listed.flatMap(({ mailboxId, _count, _min, _max }) => {
      if (mailboxId === null || _min.at === null || _max.at === null) return []
      const owner = owners.get(mailboxId) ?? { address: null, contractNumber: null }
      const seen = actions.get(mailboxId) ?? []
      return [{ mailboxId, ...owner, records: _count, firstAt: _min.at, lastAt: _max.at, actions: seen }]
    }),
    isCut: groups.length > maxMailboxes,
    general: general.map(({ id, at, action, subject }) => ({ id: String(id), at, action, subject })),
  }
}

async function ownersOf(ids: readonly number[]) {
  const rows = await prisma().mailbox.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, address: true, customer: { select: { contractNumber: true } } },
  })
  return new Map(rows.map(({ id, address, customer }) => [id, { address, contractNumber: customer.contractNumber }]))
}

async function actionsOf(where: Prisma.AuditRecordWhereInput, ids: readonly number[]) {
  const rows = await prisma().auditRecord.groupBy({
    by: ['mailboxId', 'action'],
    where: { AND: [where, { mailboxId: { in: [...ids] } }] },
    orderBy: { action: 'asc' },
  })
  const groups = Map.groupBy(rows, ({ mailboxId }) => mailboxId ?? 0)
  return new Map([...groups].map(([id, group]) => [id, group.map(({ action }) => action)]))
}
