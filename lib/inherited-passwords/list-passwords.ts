/** Whose password of the old system was not replaced yet, and to let go of them. Nobody sees a hash. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { forgetPassword } from './import-password.ts'

export type KeptPassword = { readonly address: string; readonly importedAt: Date }

export const forgetInput = z.strictObject({
  address: z.string().trim().toLowerCase().max(320),
  reason: auditReason,
})

/** @throws AppError forbidden */
export async function listInheritedPasswords(actor: Actor): Promise<KeptPassword[]> {
  requirePermission(actor, 'credentials.read')
  const rows = await prisma().inheritedPassword.findMany({
    select: { importedAt: true, mailbox: { select: { address: true } } },
    orderBy: { mailboxId: 'asc' },
  })
  return rows.map(({ importedAt, mailbox }) => ({ address: mailbox.address, importedAt }))
}

/** @throws AppError forbidden, not_found; AwaitingApproval */
export async function forgetInheritedPassword(actor: Actor, input: z.input<typeof forgetInput>): Promise<void> {
  requirePermission(actor, 'credentials.change')
  const { address, reason } = forgetInput.parse(input)
  const mailbox = await prisma().mailbox.findUnique({ where: { address } })
  if (mailbox === null) throw notFound(`mailbox ${address}`)
  const isForgotten = await actingOnMany(
    actor,
    { mailboxId: mailbox.id, operation: 'forgetPassword', reason },
    (transaction) => forgetOnRecord(transaction, actor, mailbox.id, reason),
  )
  if (!isForgotten) throw notFound(`inherited password of ${address}`)
}

/** @returns whether there was one */
export async function forgetOnRecord(
  transaction: Prisma.TransactionClient,
  { accountId }: Actor,
  mailboxId: number,
  reason: string,
): Promise<boolean> {
  const isForgotten = await forgetPassword(transaction, mailboxId)
  if (isForgotten) {
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'inheritedPassword.forget',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: {},
    })
  }
  return isForgotten
}
