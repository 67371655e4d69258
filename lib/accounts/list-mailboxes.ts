import { prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import { requirePermission } from './permissions.ts'
import { type MailboxView, mailboxView } from './views.ts'

/** The subscriber's own mailboxes. */
export async function listMailboxes(actor: Actor): Promise<MailboxView[]> {
  requirePermission(actor, 'home.read')
  if (actor.customerId === null) return []
  const rows = await prisma().mailbox.findMany({ where: { customerId: actor.customerId }, orderBy: { id: 'asc' } })
  return rows.map(mailboxView)
}
