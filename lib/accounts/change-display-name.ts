import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'

/** One line: it stands in headers of mail (RFC 5322 §3.4) and in the settings that mail programs fetch. */
const displayName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029<>"\\]*$/u)

export const changeDisplayNameInput = z.object({ mailboxId: z.coerce.number().int().positive(), displayName })

/** What mail programs that set themselves up will call the sender. @throws AppError not_found */
export async function changeDisplayName(actor: Actor, input: z.input<typeof changeDisplayNameInput>): Promise<void> {
  const { mailboxId, displayName: name } = changeDisplayNameInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    await transaction.mailbox.update({ where: { id: mailboxId }, data: { displayName: name } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'mailbox.rename',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: {},
    })
  })
}
