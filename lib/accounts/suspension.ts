/** Suspending and resuming, for use-cases that know whose mailbox it is and that the actor may. */
import { z } from 'zod'
import type { Prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import { recordForOwner } from './owner-notice.ts'

/** What the owner reads. */
export const suspensionText = z.string().trim().min(4).max(300)

type Suspension = { readonly reason: string; readonly textJa: string; readonly textEn: string }

/** From the commit on no login succeeds; live sessions end within a second. */
export async function suspendMailboxFor(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  mailboxId: number,
  { reason, textJa, textEn }: Suspension,
): Promise<void> {
  await transaction.mailbox.update({
    where: { id: mailboxId },
    data: { suspendedAt: new Date(), suspensionJa: textJa, suspensionEn: textEn },
  })
  await recordForOwner(transaction, { ...entryOf(actor, mailboxId, reason), action: 'mailbox.suspend' })
  await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
}

export async function resumeMailboxFor(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  mailboxId: number,
  reason: string,
): Promise<void> {
  await transaction.mailbox.update({
    where: { id: mailboxId },
    data: { suspendedAt: null, suspensionJa: null, suspensionEn: null },
  })
  await recordForOwner(transaction, { ...entryOf(actor, mailboxId, reason), action: 'mailbox.resume' })
}

function entryOf(actor: Actor, mailboxId: number, reason: string) {
  return { actorId: actor.accountId, subject: `mailbox:${mailboxId}`, mailboxId, reason, details: {} }
}
