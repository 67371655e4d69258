/** The rows of a migration, within the caller's transaction. */
import { randomUUID } from 'node:crypto'
import { Prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { jobPasswords } from './source-secrets.ts'

export type JobOrder = {
  readonly batchId: string
  readonly sourceId: string
  readonly mailboxId: number
  readonly sourceLogin: string
  /** empty: the source's master password */
  readonly password: string
  readonly isFinal: boolean
  readonly requestedBy: string
}

/** @throws AppError conflict, when the mailbox has one under way */
export async function createJob(transaction: Prisma.TransactionClient, order: JobOrder): Promise<string> {
  const { password, ...job } = order
  const id = randomUUID()
  const sealed = password === '' ? null : jobPasswords(secretsEnv().masterKey).close(Buffer.from(password), id)
  try {
    await transaction.migrationJob.create({
      data: { ...job, id, sealedPassword: sealed === null ? null : new Uint8Array(sealed) },
    })
    return id
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw alreadyMoving()
    throw error
  }
}

export function alreadyMoving(): AppError {
  return new AppError('conflict', 'a migration is under way', {
    ja: 'このメールボックスは、すでに移行の途中です。いまの移行が終わるか、取りやめてから、もう一度お試しください。メールは失われていません。',
    en: 'This mailbox is being moved already. Wait until that has ended, or cancel it, then try again. No mail was lost.',
  })
}
