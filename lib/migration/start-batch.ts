import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { createJob } from './create-job.ts'
import { unfinishedStates } from './job-view.ts'
import { type ListedMailbox, type ListFault, readMailboxList } from './mailbox-list.ts'

export const startBatchInput = z.strictObject({
  sourceId: z.uuid(),
  /** see mailbox-list.ts */
  list: z.string().min(1).max(4_000_000),
  /** whether the old system is still in use: then a last pass follows */
  isFinal: z.boolean(),
})

export type StartedBatch = {
  readonly batchId: string | null
  readonly started: number
  readonly refused: readonly ListFault[]
}

const MAX_REFUSED_SHOWN = 200

/**
 * One job for each mailbox of the list that can have one; the others are told with their lines.
 * @throws AppError forbidden, not_found
 */
export async function startBatch(actor: Actor, input: z.infer<typeof startBatchInput>): Promise<StartedBatch> {
  requirePermission(actor, 'migration.change')
  const { sourceId, list, isFinal } = startBatchInput.parse(input)
  const source = await prisma().migrationSource.findFirst({ where: { id: sourceId, removedAt: null } })
  if (source === null) throw notFound(`migration source ${sourceId}`)
  const needsPassword = source.sealedMasterPassword === null && source.host !== ''
  const { entries, faults } = readMailboxList(list, needsPassword)
  const mailboxes = await mailboxesOf(entries)
  const refused: ListFault[] = [...faults]
  const batchId = randomUUID()
  let started = 0
  await prisma().$transaction(
    async (transaction) => {
      for (const { line, address, sourceLogin, password } of entries) {
        const known = mailboxes.get(address)
        if (known === undefined) refused.push({ line, text: address, problem: 'noSuchMailbox' })
        else if (known.isMoving) refused.push({ line, text: address, problem: 'alreadyMoving' })
        else {
          const job = { batchId, sourceId, mailboxId: known.id, sourceLogin, password, isFinal }
          await createJob(transaction, { ...job, requestedBy: actor.accountId })
          mailboxes.set(address, { ...known, isMoving: true })
          started += 1
        }
      }
      if (started === 0) return
      await appendAudit(transaction, {
        actorId: actor.accountId,
        action: 'migration.start',
        subject: `migrationBatch:${batchId}`,
        mailboxId: null,
        reason: source.name,
        details: { mailboxes: started, isFinal },
      })
    },
    { timeout: 120_000 },
  )
  const shown = refused.sort((one, other) => one.line - other.line).slice(0, MAX_REFUSED_SHOWN)
  return { batchId: started === 0 ? null : batchId, started, refused: shown }
}

type Known = { readonly id: number; readonly isMoving: boolean }

async function mailboxesOf(entries: readonly ListedMailbox[]): Promise<Map<string, Known>> {
  const rows = await prisma().mailbox.findMany({
    where: { address: { in: entries.map(({ address }) => address) } },
    select: {
      id: true,
      address: true,
      migrationJobs: { where: { state: { in: [...unfinishedStates] } }, select: { id: true } },
    },
  })
  return new Map(rows.map(({ id, address, migrationJobs }) => [address, { id, isMoving: migrationJobs.length > 0 }]))
}
