/**
 * A mailbox that nobody may use until an agent resumes it. Its mail goes on arriving; its owner is told why in the
 * agent's own words, in both languages.
 */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { resumeMailboxFor, suspendMailboxFor, suspensionText } from '#lib/accounts/suspension.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { prisma } from '#lib/db/prisma.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'
import { passReach } from './pass-reach.ts'

export const suspendMailboxInput = assistInput.extend({ textJa: suspensionText, textEn: suspensionText })

/** @throws AppError not_found, forbidden */
export async function suspendMailbox(
  actor: Actor,
  input: z.input<typeof suspendMailboxInput>,
): Promise<GuardedOutcome> {
  const { reason, textJa, textEn, ...whose } = suspendMailboxInput.parse(input)
  const { id } = await assistedMailbox(actor, whose)
  return prisma().$transaction(async (transaction) => {
    const order = { ...whose, textJa, textEn }
    const matter = { deed: 'suspendMailbox', ...whose, order, reason } as const
    if (!(await passReach(transaction, actor, matter))) return 'awaitingApproval'
    await suspendMailboxFor(transaction, actor, id, { reason, textJa, textEn })
    return 'done'
  })
}

/** @throws AppError not_found, forbidden */
export async function resumeMailbox(actor: Actor, input: z.input<typeof assistInput>): Promise<GuardedOutcome> {
  const { reason, ...whose } = assistInput.parse(input)
  const { id } = await assistedMailbox(actor, whose)
  return prisma().$transaction(async (transaction) => {
    const matter = { deed: 'resumeMailbox', ...whose, order: whose, reason } as const
    if (!(await passReach(transaction, actor, matter))) return 'awaitingApproval'
    await resumeMailboxFor(transaction, actor, id, reason)
    return 'done'
  })
}
