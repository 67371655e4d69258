import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { lookAgain, wakeRelays } from './open-recipient.ts'

export const flushDomainInput = z.object({ domain: z.string().trim().toLowerCase().min(1).max(255) })

/**
 * Everything that waits for this domain is tried now; what is held stays held, and the schedule goes on from where it
 * was. Rows that a relay worker has in its hands at this moment are left to it.
 * @returns how many are due now that were not before
 * @throws AppError forbidden
 */
export async function flushDomain(actor: Actor, input: z.infer<typeof flushDomainInput>): Promise<number> {
  requirePermission(actor, 'queue.change')
  const { domain } = flushDomainInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const count = await transaction.$executeRaw`
      UPDATE queued_recipients SET next_attempt_at = now() WHERE id IN (
        SELECT id FROM queued_recipients
        WHERE domain = ${domain} AND finished_at IS NULL AND state = 'WAITING' AND next_attempt_at > now()
        FOR UPDATE SKIP LOCKED)`
    await lookAgain(transaction, domain)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'queue.flush',
      subject: `domain:${domain}`,
      mailboxId: null,
      reason: '',
      details: { recipients: count },
    })
    await wakeRelays(transaction)
    return count
  })
}
