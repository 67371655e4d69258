/** What the old system kept of a mailbox's password comes here, in an operator's name and on record. */
import { hash } from '@node-rs/argon2'
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { passwordCost } from '#lib/accounts/portal-password.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { isOpenPassword, readHash } from './read-hash.ts'
import { sealHash } from './sealed-hash.ts'

export const importPasswordInput = z.strictObject({
  address: z.string().trim().toLowerCase().max(320),
  hash: z.string().min(1).max(1_000),
  /** of a hash that names none */
  defaultScheme: z.string().max(40).default('CRYPT'),
  reason: z.string().trim().max(200).default(''),
})

/**
 * A second import takes the place of the first. A password in the open is hashed before it is kept.
 * @throws AppError forbidden, not_found; UnusableHash; AwaitingApproval
 */
export async function importPassword(actor: Actor, input: z.input<typeof importPasswordInput>): Promise<void> {
  requirePermission(actor, 'credentials.change')
  const { address, hash: given, defaultScheme, reason } = importPasswordInput.parse(input)
  const text = await keepable(given, defaultScheme)
  const mailbox = await prisma().mailbox.findUnique({ where: { address } })
  if (mailbox === null) throw notFound(`mailbox ${address}`)
  const { id: mailboxId } = mailbox
  const sealedHash = new Uint8Array(sealHash(secretsEnv().masterKey, mailboxId, text))
  await actingOnMany(actor, { mailboxId, operation: 'importPassword', reason }, async (transaction) => {
    await forgetPassword(transaction, mailboxId)
    await transaction.inheritedPassword.create({ data: { mailboxId, sealedHash } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'inheritedPassword.import',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: {},
    })
  })
}

async function keepable(given: string, defaultScheme: string): Promise<string> {
  const read = readHash(given, defaultScheme)
  if (isOpenPassword(read)) return hash(read.password, passwordCost)
  return given.startsWith('{') ? given : `{${defaultScheme}}${given}`
}

/** Mail programs that read by it are sent away. @returns whether there was one */
export async function forgetPassword(transaction: Prisma.TransactionClient, mailboxId: number): Promise<boolean> {
  const { count } = await transaction.inheritedPassword.deleteMany({ where: { mailboxId } })
  if (count > 0) await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
  return count > 0
}
