/** A subscriber brings their own mailbox along: from one of the places that the operator offers, and no other. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { createJob } from './create-job.ts'
import { type JobView, jobParts, jobView } from './job-view.ts'

const line = z
  .string()
  .min(1)
  .max(320)
  .regex(/^[^\p{Cc}]*$/u)

export const startOwnMigrationInput = z.strictObject({
  mailboxId: z.int().positive(),
  sourceId: z.uuid(),
  sourceLogin: line.trim(),
  sourcePassword: line,
})

/** Nobody guesses passwords of the old system by us. */
const MAX_STARTS_PER_HOUR = 5
const HOUR_MS = 3_600_000

/** @throws AppError not_found, conflict, too_many_attempts */
export async function startOwnMigration(actor: Actor, input: z.infer<typeof startOwnMigrationInput>): Promise<void> {
  const { mailboxId, sourceId, sourceLogin, sourcePassword } = startOwnMigrationInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const source = await prisma().migrationSource.findFirst({ where: { id: sourceId, selfService: true } })
  if (source === null) throw notFound(`migration source ${sourceId}`)
  await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT FROM mailboxes WHERE id = ${mailboxId} FOR NO KEY UPDATE`
    const createdAt = { gt: new Date(Date.now() - HOUR_MS) }
    const starts = await transaction.migrationJob.count({ where: { mailboxId, createdAt } })
    if (starts >= MAX_STARTS_PER_HOUR) throw tooManyStarts()
    await createJob(transaction, {
      batchId: randomUUID(),
      sourceId,
      mailboxId,
      sourceLogin,
      password: sourcePassword,
      isFinal: true,
      requestedBy: actor.accountId,
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'migration.start',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: source.name,
      details: { isOwn: true },
    })
  })
}

export const cancelOwnMigrationInput = z.strictObject({ mailboxId: z.int().positive() })

/** Nothing happens when it has ended meanwhile. @throws AppError not_found */
export async function cancelOwnMigration(actor: Actor, input: z.infer<typeof cancelOwnMigrationInput>): Promise<void> {
  const { mailboxId } = cancelOwnMigrationInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.migrationJob.updateMany({
      where: { mailboxId, requestedBy: actor.accountId, state: { in: ['WAITING', 'RUNNING', 'PAUSED'] } },
      data: { state: 'CANCELLED', sealedPassword: null, leaseToken: null, leasedUntil: null, finishedAt: new Date() },
    })
    if (count === 0) return
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'migration.cancel',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: 'cancel',
      details: { isOwn: true },
    })
  })
}

export type OwnMigrations = {
  readonly sources: readonly { readonly id: string; readonly name: string }[]
  readonly mailboxes: readonly {
    readonly id: number
    readonly address: string
    /** the newest one */
    readonly job: JobView | null
    /** started by this person, not by the operator */
    readonly isOwn: boolean
  }[]
}

/** @throws AppError forbidden */
export async function readOwnMigrations(actor: Actor): Promise<OwnMigrations> {
  requirePermission(actor, 'ownMigration.read')
  if (actor.customerId === null) return { sources: [], mailboxes: [] }
  const [sources, mailboxes] = await Promise.all([
    prisma().migrationSource.findMany({
      where: { selfService: true },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
    prisma().mailbox.findMany({
      where: { customerId: actor.customerId },
      select: {
        id: true,
        address: true,
        migrationJobs: { include: jobParts, orderBy: { createdAt: 'desc' }, take: 1 },
      },
      orderBy: { id: 'asc' },
    }),
  ])
  return {
    sources,
    mailboxes: mailboxes.map(({ id, address, migrationJobs: [job] }) => ({
      id,
      address,
      job: job === undefined ? null : jobView(job),
      isOwn: job?.requestedBy === actor.accountId,
    })),
  }
}

function tooManyStarts(): AppError {
  return new AppError('too_many_attempts', 'too many migrations started', {
    ja: '続けて何度も開始されたため、しばらく受け付けられません。1時間ほど待ってから、もう一度お試しください。古いサーバーのメールはそのまま残っています。',
    en: 'It was started too many times in a row. Wait about an hour, then try again. The mail on the old server is still there.',
  })
}
