/** The owner allows what an agent asked for, refuses it, or takes the consent back. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { allowedUntil } from './allowed-until.ts'

export const answerTraceInput = z.object({ consentId: z.uuid(), answer: z.enum(['allow', 'refuse']) })

/** @throws AppError not_found, also for a question that has run out or somebody else's */
export async function answerTrace(actor: Actor, input: z.infer<typeof answerTraceInput>): Promise<void> {
  const { consentId, answer } = answerTraceInput.parse(input)
  const asked = await prisma().traceConsent.findUnique({ where: { id: consentId } })
  if (asked === null) throw notFound(`question ${consentId}`)
  const { mailboxId, reason, agentId } = asked
  await accessibleMailbox(actor, mailboxId, 'manage')
  const now = new Date()
  await prisma().$transaction(async (transaction) => {
    const current = { id: consentId, expiresAt: { gt: now } }
    const { count } =
      answer === 'refuse'
        ? await transaction.traceConsent.updateMany({ where: current, data: { expiresAt: now } })
        : await transaction.traceConsent.updateMany({
            where: { ...current, grantedAt: null },
            data: { grantedAt: now, grantedBy: actor.accountId, expiresAt: allowedUntil(now) },
          })
    if (count === 0) throw notFound(`open question ${consentId}`)
    const entry = { actorId: actor.accountId, subject: `mailbox:${mailboxId}`, mailboxId, reason, details: { agentId } }
    if (answer === 'allow') await recordForOwner(transaction, { ...entry, action: 'trace.allow' })
    else await appendAudit(transaction, { ...entry, action: 'trace.refuse' })
  })
}
