import { notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireConfirmed } from './confirmation.ts'
import type { Session } from './web-sessions.ts'

/**
 * Signing out of where one is needs no proof; signing others out does.
 * @throws AppError not_found (also for a session of somebody else), forbidden (not confirmed lately)
 */
export async function endWebSession(session: Session, sessionId: string): Promise<void> {
  const { actor, id } = session
  requirePermission(actor, 'webSession.end')
  if (sessionId !== id) requireConfirmed(session)
  const { count } = await prisma().webSession.updateMany({
    where: { id: sessionId, accountId: actor.accountId },
    data: { revokedAt: new Date() },
  })
  if (count === 0) throw notFound(`web session ${sessionId} of ${actor.accountId}`)
}
