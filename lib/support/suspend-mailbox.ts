/**
 * A mailbox that nobody may use until an agent resumes it. Its mail goes on arriving; its owner is told why in the
 * agent's own words, in both languages.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { prisma } from '#lib/db/prisma.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'

const ownersText = z.string().trim().min(4).max(300)

export const suspendMailboxInput = assistInput.extend({ textJa: ownersText, textEn: ownersText })

/** From the commit on no login succeeds; live sessions end within a second. @throws AppError not_found, forbidden */
export async function suspendMailbox(actor: Actor, input: z.input<typeof suspendMailboxInput>): Promise<void> {
  const { reason, textJa, textEn, ...whose } = suspendMailboxInput.parse(input)
  const { id: mailboxId } = await assistedMailbox(actor, whose)
  await prisma().$transaction(async (transaction) => {
    await transaction.mailbox.update({
      where: { id: mailboxId },
      data: { suspendedAt: new Date(), suspensionJa: textJa, suspensionEn: textEn },
    })
    await recordForOwner(transaction, { ...entryOf(actor, mailboxId, reason), action: 'mailbox.suspend' })
    await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
  })
}

/** @throws AppError not_found, forbidden */
export async function resumeMailbox(actor: Actor, input: z.input<typeof assistInput>): Promise<void> {
  const { reason, ...whose } = assistInput.parse(input)
  const { id: mailboxId } = await assistedMailbox(actor, whose)
  await prisma().$transaction(async (transaction) => {
    await transaction.mailbox.update({
      where: { id: mailboxId },
      data: { suspendedAt: null, suspensionJa: null, suspensionEn: null },
    })
    await recordForOwner(transaction, { ...entryOf(actor, mailboxId, reason), action: 'mailbox.resume' })
  })
}

function entryOf(actor: Actor, mailboxId: number, reason: string) {
  return { actorId: actor.accountId, subject: `mailbox:${mailboxId}`, mailboxId, reason, details: {} }
}
