/** On a trial machine staff may look around without a passkey, for one session; a real site does not let them. */
import { forbidden } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { webEnv } from '#lib/env/web.ts'
import type { Session } from './web-sessions.ts'

/** @throws AppError forbidden (on a real site, or not staff without a passkey) */
export async function waivePasskey({ id, actor }: Session): Promise<void> {
  const { accountId } = actor
  requirePermission(actor, 'passkey.waive')
  const hasPasskey = (await prisma().passkey.count({ where: { accountId } })) > 0
  if (webEnv().isPasskeyRequired || hasPasskey) throw forbidden('a passkey is required')
  await prisma().$transaction(async (transaction) => {
    await transaction.webSession.update({ where: { id }, data: { provedBy: 'waiver' } })
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'passkey.waive',
      subject: `account:${accountId}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}
