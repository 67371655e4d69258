import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { unfinishedStates } from './job-view.ts'
import { lockSource, refuseWhile } from './lock-source.ts'

export const removeSourceInput = z.strictObject({ sourceId: z.uuid() })

/**
 * Nothing comes from there any more, and its password is forgotten. Reports go on naming it.
 * @throws AppError forbidden, not_found, conflict (jobs of it have not ended)
 */
export async function removeSource(actor: Actor, input: z.infer<typeof removeSourceInput>): Promise<void> {
  requirePermission(actor, 'migration.change')
  const { sourceId } = removeSourceInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const source = await lockSource(transaction, sourceId)
    await refuseWhile(transaction, source, unfinishedStates)
    await transaction.migrationSource.update({
      where: { id: sourceId },
      data: { removedAt: new Date(), sealedMasterPassword: null, selfService: false },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'migrationSource.remove',
      subject: `migrationSource:${sourceId}`,
      mailboxId: null,
      reason: source.name,
      details: {},
    })
  })
}
