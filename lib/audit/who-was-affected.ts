/** "Who was affected by this between then and then?", answered from the audit trail alone. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'

export const affectedQuery = z
  .object({
    /** an action ("credential.revoke"), or all of a kind ("credential") */
    action: z
      .string()
      .trim()
      .max(60)
      .regex(/^[a-zA-Z.]*$/)
      .default(''),
    /** the portal login of whoever did it */
    by: z.string().trim().toLowerCase().max(320).default(''),
    from: z.coerce.date(),
    to: z.coerce.date(),
  })
  .refine(({ from, to }) => from < to, { path: ['to'] })

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

const MAX_MAILBOXES = 1_000
const MAX_GENERAL = 100

/** @throws AppError forbidden */
export async function whoWasAffected(actor: Actor, input: z.input<typeof affectedQuery>): Promise<Affected> {
  requirePermission(actor, 'audit.read')
  const query = affectedQuery.parse(input)
  const where = await conditionOf(query)
  const [groups, general] = await Promise.all([
    prisma().auditRecord.groupBy({
      by: ['mailboxId'],
      where: { ...where, mailboxId: { not: null } },
      _count: true,
      _min: { at: true },
      _max: { at: true },
      orderBy: { mailboxId: 'asc' },
      take: MAX_MAILBOXES + 1,
    }),
    prisma().auditRecord.findMany({ where: { ...where, mailboxId: null }, orderBy: { id: 'asc' }, take: MAX_GENERAL }),
  ])
  const listed = groups.slice(0, MAX_MAILBOXES)
  const ids = listed.flatMap(({ mailboxId }) => mailboxId ?? [])
  const [owners, actions] = await Promise.all([ownersOf(ids), actionsOf(where, ids)])
  return {
    mailboxes: listed.flatMap(({ mailboxId, _count, _min, _max }) => {
      if (mailboxId === null || _min.at === null || _max.at === null) return []
      const owner = owners.get(mailboxId) ?? { address: null, contractNumber: null }
      const seen = actions.get(mailboxId) ?? []
      return [{ mailboxId, ...owner, records: _count, firstAt: _min.at, lastAt: _max.at, actions: seen }]
    }),
    isCut: groups.length > MAX_MAILBOXES,
    general: general.map(({ id, at, action, subject }) => ({ id: String(id), at, action, subject })),
  }
}

async function conditionOf({ action, by, from, to }: z.output<typeof affectedQuery>) {
  const where: Prisma.AuditRecordWhereInput = { at: { gte: from, lt: to } }
  if (action !== '') where.OR = [{ action }, { action: { startsWith: `${action}.` } }]
  if (by !== '') {
    const account = await prisma().portalAccount.findUnique({ where: { login: by }, select: { id: true } })
    where.actorId = { in: account === null ? [] : [account.id] }
  }
  return where
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
    where: { ...where, mailboxId: { in: [...ids] } },
    orderBy: { action: 'asc' },
  })
  const groups = Map.groupBy(rows, ({ mailboxId }) => mailboxId ?? 0)
  return new Map([...groups].map(([id, group]) => [id, group.map(({ action }) => action)]))
}
