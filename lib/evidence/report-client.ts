/** A subscriber says whether a mail program works for them (※5 of the notice). A second word replaces the first. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { sendingMethods } from '#lib/guides/methods.ts'

export const reportClientInput = z.object({
  mailboxId: z.coerce.number().int().positive(),
  clientId: z.string().refine((id) => findClient(id) !== null),
  method: z.enum(sendingMethods),
  outcome: z.enum(['works', 'fails']),
})

/** @throws AppError not_found (somebody else's mailbox), forbidden */
export async function reportClient(actor: Actor, input: z.input<typeof reportClientInput>): Promise<void> {
  requirePermission(actor, 'clientReport.make')
  const { mailboxId, clientId, method, outcome } = reportClientInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const sendingMethod = method === 'smtp-auth' ? 'SMTP_AUTH' : 'POP_BEFORE_SMTP'
  const said = { works: outcome === 'works', at: new Date(), verdict: null, decidedBy: null, decidedAt: null }
  await prisma().clientReport.upsert({
    where: { mailboxId_clientId_sendingMethod: { mailboxId, clientId, sendingMethod } },
    create: { mailboxId, clientId, sendingMethod, ...said },
    update: said,
  })
}
