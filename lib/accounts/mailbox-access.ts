/** Whose mailbox is it? The one place where a mailbox id from outside is turned into a mailbox that the actor may touch. */
import { prisma } from '#lib/db/prisma.ts'
import { type Actor, notFound } from './actor.ts'
import { isPermitted } from './permissions.ts'

/** `manage`: change it (its owner). `assist`: see and revoke (its owner or a support agent). */
export type MailboxAccess = 'manage' | 'assist'

/** @throws AppError not_found, also for a mailbox of somebody else: an answer must not tell that it exists */
export async function accessibleMailbox(actor: Actor, mailboxId: number, access: MailboxAccess) {
  const mailbox = await prisma().mailbox.findUnique({ where: { id: mailboxId } })
  if (mailbox === null) throw notFound(`mailbox ${mailboxId}`)
  const isOwner = actor.role === 'SUBSCRIBER' && actor.customerId !== null && mailbox.customerId === actor.customerId
  const isAssisting = access === 'assist' && isPermitted(actor.role, 'customer.read')
  if (!isOwner && !isAssisting) throw notFound(`mailbox ${mailboxId} for ${actor.accountId}`)
  return mailbox
}
