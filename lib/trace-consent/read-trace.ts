/** An agent looks at what became of a mailbox's messages. Each look is on record, and its owner sees it. */
import { z } from 'zod'
import { type Actor, forbidden } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type SentPage, sentBy } from '#lib/delivery/list-sent.ts'
import { assistedMailbox } from '#lib/support/assisted-mailbox.ts'

export const readTraceInput = z.object({ customerId: z.uuid(), mailboxId: z.coerce.number().int().positive() })

export type Trace = SentPage & { readonly address: string; readonly allowedUntil: Date }

/** @throws AppError not_found, forbidden (the page is not open, or the owner has not allowed it) */
export async function readTrace(actor: Actor, input: z.input<typeof readTraceInput>): Promise<Trace> {
  const { id: mailboxId, address } = await assistedMailbox(actor, readTraceInput.parse(input))
  const consent = await currentConsent(actor, mailboxId)
  if (consent?.grantedAt == null) throw forbidden(`no consent to a trace of mailbox ${mailboxId}`)
  await prisma().$transaction((transaction) =>
    appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'trace.look',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: consent.reason,
      details: { consentId: consent.id },
    }),
  )
  return { ...(await sentBy([mailboxId], { show: 'all' })), address, allowedUntil: consent.expiresAt }
}

export type TraceState = 'none' | 'asked' | 'allowed'

/** Of this agent, for this mailbox, at this moment. */
export async function traceState(actor: Actor, mailboxId: number): Promise<TraceState> {
  const consent = await currentConsent(actor, mailboxId)
  if (consent === null) return 'none'
  return consent.grantedAt === null ? 'asked' : 'allowed'
}

function currentConsent({ accountId }: Actor, mailboxId: number) {
  return prisma().traceConsent.findFirst({
    where: { mailboxId, agentId: accountId, expiresAt: { gt: new Date() } },
    orderBy: { grantedAt: { sort: 'desc', nulls: 'last' } },
  })
}
