/** The answer to "who was affected?" as a table for spreadsheets. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { csv } from '#lib/csv/write-csv.ts'
import { prisma } from '#lib/db/prisma.ts'
import { appendAudit } from './append-audit.ts'
import type { trailQuery } from './trail-query.ts'
import { maxMailboxesExported, whoWasAffected } from './who-was-affected.ts'

const head = ['mailbox', 'contract', 'actions', 'records', 'first', 'last']

const cutNote = `ここまで${maxMailboxesExported}件です。続きは期間を短くして書き出してください / the first ${maxMailboxesExported} only, choose a shorter period for the rest`

/** That somebody takes a copy is on record itself. @throws AppError forbidden */
export async function exportAffected(actor: Actor, query: z.input<typeof trailQuery>): Promise<AsyncIterable<string>> {
  const { mailboxes, isCut } = await whoWasAffected(actor, query, maxMailboxesExported)
  await prisma().$transaction((transaction) =>
    appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'audit.exportAffected',
      subject: 'audit',
      mailboxId: null,
      reason: '',
      details: { mailboxes: mailboxes.length },
    }),
  )
  const rows = mailboxes.map(({ mailboxId, address, contractNumber, actions, records, firstAt, lastAt }) => [
    address ?? String(mailboxId),
    contractNumber ?? '',
    actions.join(' '),
    String(records),
    firstAt.toISOString(),
    lastAt.toISOString(),
  ])
  return inOnePart(csv(head, isCut ? [...rows, [cutNote]] : rows))
}

async function* inOnePart(text: string): AsyncIterable<string> {
  yield text
}
