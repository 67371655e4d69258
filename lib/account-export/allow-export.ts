/**
 * Everything of a mailbox for its owner to take along: allowed by who proves once more who they are, fetched once, within ten
 * minutes, by whoever allowed it. Its owner hears of it by a letter.
 */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { identityProof, proveIdentity } from '#lib/auth/prove-identity.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'
import { exportableForMinutes } from './export-lifetime.ts'

export const allowExportInput = identityProof.extend({ mailboxId: z.coerce.number().int().positive() })

/** @throws AppError not_found, not_signed_in (password or code), too_many_attempts */
export async function allowExport(
  actor: Actor,
  input: z.input<typeof allowExportInput>,
  visitor: Visitor,
): Promise<{ readonly exportId: string }> {
  const { mailboxId, ...proof } = allowExportInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await proveIdentity(actor, proof, visitor)
  const { accountId } = actor
  const expiresAt = new Date(Date.now() + exportableForMinutes * 60_000)
  return prisma().$transaction(async (transaction) => {
    await transaction.accountExport.deleteMany({ where: { mailboxId } })
    const { id: exportId } = await transaction.accountExport.create({ data: { mailboxId, accountId, expiresAt } })
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'mailbox.allowExport',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: {},
    })
    return { exportId }
  })
}

/** Uses the permission up, in one statement: two who ask at once do not both get it. @throws AppError not_found */
export async function takeExport(actor: Actor, exportId: string): Promise<MailboxModel> {
  const { accountId } = actor
  const usable = { id: exportId, accountId, usedAt: null, expiresAt: { gt: new Date() } }
  const found = await prisma().accountExport.findFirst({ where: usable })
  if (found === null) throw notFound(`export ${exportId}`)
  const mailbox = await accessibleMailbox(actor, found.mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.accountExport.updateMany({ where: usable, data: { usedAt: new Date() } })
    if (count === 0) throw notFound(`export ${exportId}`)
    await recordForOwner(transaction, {
      actorId: accountId,
      action: 'mailbox.export',
      subject: `mailbox:${mailbox.id}`,
      mailboxId: mailbox.id,
      reason: '',
      details: {},
    })
  })
  return mailbox
}
