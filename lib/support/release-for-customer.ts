/** An agent lets a customer's mailbox send again, while that customer's page is open and for a reason of its own. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { releaseSending } from '#lib/accounts/index.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'

/** @throws AppError not_found (not this customer's), forbidden */
export async function releaseForCustomer(actor: Actor, input: z.input<typeof assistInput>): Promise<GuardedOutcome> {
  const { customerId, mailboxId, reason } = assistInput.parse(input)
  await assistedMailbox(actor, { customerId, mailboxId })
  return releaseSending(actor, { mailboxId, reason })
}
