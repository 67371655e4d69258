/**
 * A mailbox that nobody may use until an agent resumes it. Its mail goes on arriving; its owner is told why in the
 * agent's own words, in both languages.
 */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { resumeMailboxFor, suspendMailboxFor, suspensionText } from '#lib/accounts/suspension.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'

export const suspendMailboxInput = assistInput.extend({ textJa: suspensionText, textEn: suspensionText })

/** @throws AppError not_found, forbidden */
export async function suspendMailbox(actor: Actor, input: z.input<typeof suspendMailboxInput>): Promise<void> {
  const { reason, textJa, textEn, ...whose } = suspendMailboxInput.parse(input)
  const { id } = await assistedMailbox(actor, whose)
  await suspendMailboxFor(actor, id, { reason, textJa, textEn })
}

/** @throws AppError not_found, forbidden */
export async function resumeMailbox(actor: Actor, input: z.input<typeof assistInput>): Promise<void> {
  const { reason, ...whose } = assistInput.parse(input)
  const { id } = await assistedMailbox(actor, whose)
  await resumeMailboxFor(actor, id, reason)
}
