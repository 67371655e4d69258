import { prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'
import { type CredentialView, credentialView } from './views.ts'

/** Those in use first, then the revoked ones; newest first in each. Also for support agents: a view has no secret. */
export async function listCredentials(actor: Actor, mailboxId: number): Promise<CredentialView[]> {
  await accessibleMailbox(actor, mailboxId, 'assist')
  const rows = await prisma().credential.findMany({
    where: { mailboxId },
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
  })
  return rows.map(credentialView)
}
