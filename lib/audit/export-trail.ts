/** A stretch of the audit trail as JSON lines, with its hashes, for whoever checks it elsewhere. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { appendAudit } from './append-audit.ts'
import { exportedLine } from './exported-line.ts'

export const exportTrailQuery = z
  .object({ from: z.coerce.date(), to: z.coerce.date() })
  .refine(({ from, to }) => from < to, { path: ['to'] })

const PAGE_LENGTH = 1_000

/** That somebody takes a copy is on record itself. @throws AppError forbidden */
export async function exportTrail(
  actor: Actor,
  input: z.input<typeof exportTrailQuery>,
): Promise<AsyncIterable<string>> {
  requirePermission(actor, 'audit.read')
  const { from, to } = exportTrailQuery.parse(input)
  await prisma().$transaction((transaction) =>
    appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'audit.export',
      subject: 'audit',
      mailboxId: null,
      reason: '',
      details: { from: from.toISOString(), to: to.toISOString() },
    }),
  )
  return linesBetween(from, to)
}

async function* linesBetween(from: Date, to: Date): AsyncIterable<string> {
  for (let lastId = 0n, isMore = true; isMore; ) {
    const page = await prisma().auditRecord.findMany({
      where: { id: { gt: lastId }, at: { gte: from, lt: to } },
      orderBy: { id: 'asc' },
      take: PAGE_LENGTH,
    })
    for (const record of page) yield `${exportedLine({ ...record, id: Number(record.id) })}\n`
    lastId = page.at(-1)?.id ?? lastId
    isMore = page.length === PAGE_LENGTH
  }
}
