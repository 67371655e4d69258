/** Further addresses of mailboxes, for operators. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { auditName, isWithheldAddress } from '#lib/accounts/free-address.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { ownAddress, taken } from './own-address.ts'

export const addAliasToInput = z.strictObject({
  mailboxId: z.int().positive(),
  address: z.string().trim().toLowerCase().max(320),
  reason: auditReason,
})

export type AddedAlias = { readonly kind: 'alias' | 'nothing' }

/** @throws AppError forbidden, not_found, invalid_input, conflict; AwaitingApproval */
export async function addAliasTo(actor: Actor, input: z.input<typeof addAliasToInput>): Promise<AddedAlias> {
  requirePermission(actor, 'accounts.change')
  const { mailboxId, reason, ...order } = addAliasToInput.parse(input)
  const address = ownAddress(order.address)
  return actingOnMany(actor, { mailboxId, operation: 'addAlias', reason }, async (transaction): Promise<AddedAlias> => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`address ${address}`}))`
    if ((await transaction.mailbox.count({ where: { id: mailboxId } })) === 0) throw notFound(`mailbox ${mailboxId}`)
    const alias = await transaction.alias.findUnique({ where: { address } })
    if (alias?.mailboxId === mailboxId) return { kind: 'nothing' }
    const mailboxes = await transaction.mailbox.count({ where: { address } })
    const isWithheld = await isWithheldAddress(transaction, address, mailboxId)
    if (alias !== null || mailboxes > 0 || isWithheld) throw taken(address)
    await transaction.alias.create({ data: { address, mailboxId } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'alias.add',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: { digest: auditName(address) },
    })
    return { kind: 'alias' }
  })
}
