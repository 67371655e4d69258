/** What came of calling a customer about the move. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { callOutcomes } from './call-outcomes.ts'

export const addCallNoteInput = z.object({
  mailboxId: z.number().int().positive(),
  outcome: z.enum(callOutcomes),
  note: z.string().trim().min(1).max(300),
})

/** The note is about the customer; who wrote it, and that it was written, is on record for the owner to see. */
export async function addCallNote(actor: Actor, input: z.input<typeof addCallNoteInput>): Promise<void> {
  requirePermission(actor, 'move.readBoard')
  const { mailboxId, outcome, note } = addCallNoteInput.parse(input)
  const mailbox = await prisma().mailbox.findUnique({ where: { id: mailboxId }, select: { customerId: true } })
  if (mailbox === null || mailbox.customerId === actor.customerId) throw notFound(`mailbox ${mailboxId}`)
  await prisma().$transaction(async (transaction) => {
    await transaction.callNote.create({ data: { mailboxId, authorId: actor.accountId, outcome, note } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'move.callNote',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: note,
      details: { outcome },
    })
  })
}
