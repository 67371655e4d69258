/** Single records of the audit trail, newest first: who did what to whom, when and why. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { conditionOf, trailQuery } from './trail-query.ts'

export type RecordView = {
  readonly id: string
  readonly at: Date
  /** the portal login; null: the product itself, or somebody who has gone */
  readonly by: string | null
  readonly action: string
  readonly subject: string
  /** null: of no mailbox, or of one that has gone */
  readonly address: string | null
  readonly reason: string
}

export const maxRecordsShown = 50

/** @throws AppError forbidden */
export async function listRecords(actor: Actor, input: z.input<typeof trailQuery>): Promise<RecordView[]> {
  requirePermission(actor, 'audit.read')
  const rows = await prisma().auditRecord.findMany({
    where: await conditionOf(trailQuery.parse(input)),
    orderBy: { id: 'desc' },
    take: maxRecordsShown,
  })
  const [people, mailboxes] = await Promise.all([
    prisma().portalAccount.findMany({
      where: { id: { in: rows.flatMap(({ actorId }) => actorId ?? []) } },
      select: { id: true, login: true },
    }),
    prisma().mailbox.findMany({
      where: { id: { in: rows.flatMap(({ mailboxId }) => mailboxId ?? []) } },
      select: { id: true, address: true },
    }),
  ])
  const logins = new Map(people.map(({ id, login }) => [id, login]))
  const addresses = new Map(mailboxes.map(({ id, address }) => [id, address]))
  return rows.map(({ id, at, actorId, action, subject, mailboxId, reason }) => ({
    ...{ id: String(id), at, action, subject, reason },
    by: logins.get(actorId ?? '') ?? null,
    address: addresses.get(mailboxId ?? 0) ?? null,
  }))
}
