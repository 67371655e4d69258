/** What every deed of the desk begins with: whose mailbox, on whose open page, and why. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'
import { requireOpenCustomer } from './open-customer.ts'

export const assistInput = z.object({
  customerId: z.uuid(),
  mailboxId: z.coerce.number().int().positive(),
  reason: auditReason,
})

/** @throws AppError not_found (not this customer's), forbidden (the page is not open) */
export async function assistedMailbox(
  actor: Actor,
  { customerId, mailboxId }: Pick<z.infer<typeof assistInput>, 'customerId' | 'mailboxId'>,
): Promise<MailboxModel> {
  await requireOpenCustomer(actor, customerId)
  const mailbox = await prisma().mailbox.findFirst({ where: { id: mailboxId, customerId } })
  if (mailbox === null) throw notFound(`mailbox ${mailboxId} of ${customerId}`)
  return mailbox
}
