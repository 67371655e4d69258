/**
 * With whom somebody corresponds is a secret of communications (Telecommunications Business Act, art. 4). An agent sees it
 * only after the owner has allowed it to this very agent, in the portal or by a code read aloud, for an hour.
 */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { assistedMailbox, assistInput } from '#lib/support/assisted-mailbox.ts'

const ASKED_FOR_MS = 30 * 60_000

/** The owner sees the question on their home page; asking again renews it. @throws AppError not_found, forbidden */
export async function askForTrace(actor: Actor, input: z.input<typeof assistInput>): Promise<void> {
  const { reason, ...whose } = assistInput.parse(input)
  const { id: mailboxId } = await assistedMailbox(actor, whose)
  const { accountId: agentId } = actor
  await prisma().$transaction(async (transaction) => {
    await transaction.traceConsent.deleteMany({ where: { mailboxId, agentId, grantedAt: null } })
    const expiresAt = new Date(Date.now() + ASKED_FOR_MS)
    await transaction.traceConsent.create({ data: { mailboxId, agentId, reason, expiresAt } })
    await appendAudit(transaction, {
      actorId: agentId,
      action: 'trace.ask',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: {},
    })
  })
}
