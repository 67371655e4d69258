/** A roll-out goes on, ends for everybody, or is taken back; each in one commit, which the engine hears of. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { extentSchema } from './in-force.ts'
import { tellOperators } from './tell-operators.ts'

export const moveRolloutInput = z.object({
  version: z.coerce.number().int().positive(),
  to: z.union([z.object({ extent: extentSchema }), z.enum(['finished', 'returned'])]),
})

/**
 * "finished": it rules for everybody. "returned": the version before rules for everybody again, within a second.
 * @throws AppError forbidden, not_found (it is not running)
 */
export async function moveRollout(actor: Actor, input: z.infer<typeof moveRolloutInput>): Promise<void> {
  requirePermission(actor, 'policy.save')
  const { version, to } = moveRolloutInput.parse(input)
  const change = typeof to === 'string' ? { state: to, endedAt: new Date() } : { extent: to.extent }
  await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('policy_versions'))`
    const running = await transaction.policyRollout.findFirst({ where: { version, state: 'running' } })
    if (running === null) throw notFound(`running roll-out of policy ${version}`)
    await transaction.policyRollout.update({ where: { version }, data: change })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'policy.rollout',
      subject: `policy:${version}`,
      mailboxId: null,
      reason: '',
      details: { to: typeof to === 'string' ? to : JSON.stringify(to.extent) },
    })
    const { baseVersion } = running
    const extent = typeof to === 'string' ? null : to.extent
    const told = typeof to === 'string' ? to : 'extended'
    await tellOperators(transaction, actor, { version, baseVersion, change: told, extent, reason: '' })
    await transaction.$executeRaw`SELECT pg_notify('policy_changed', ${String(version)})`
  })
}
