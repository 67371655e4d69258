import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'

export const withdrawForwardInput = z.strictObject({
  mailboxId: z.coerce.number().int(),
  address: z.string().min(1).max(254),
})

/**
 * From the commit on nothing is forwarded there; where a recipe still asks for it, its reader is asked again. Withdrawing
 * twice is no error.
 * @throws AppError not_found
 */
export async function withdrawForward(actor: Actor, input: z.input<typeof withdrawForwardInput>): Promise<void> {
  const { mailboxId, address } = withdrawForwardInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.forwardAddress.deleteMany({ where: { mailboxId, address } })
    if (count === 0) return
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'forward.withdraw',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { label: address },
    })
  })
}
