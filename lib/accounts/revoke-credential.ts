import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type CredentialModel, type Prisma, prisma } from '#lib/db/prisma.ts'
import { type Actor, notFound } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'

export const revokeCredentialInput = z.strictObject({
  credentialId: z.uuid(),
  reason: z.string().trim().max(200).default(''),
})

/**
 * From the commit on the password opens nothing, and none is kept any more; live sessions end and its RelayWindows close within a second.
 * Revoking twice is no error: the second time finds the work done.
 * @throws AppError not_found
 */
export async function revokeCredential(actor: Actor, input: z.input<typeof revokeCredentialInput>): Promise<void> {
  const { credentialId, reason } = revokeCredentialInput.parse(input)
  const credential = await prisma().credential.findUnique({ where: { id: credentialId } })
  if (credential === null) throw notFound(`credential ${credentialId}`)
  await accessibleMailbox(actor, credential.mailboxId, 'assist')
  await prisma().$transaction((transaction) => revokeCredentialRow(transaction, actor, credential, reason))
}

/** For callers that know that the actor may, in their own transaction. */
export async function revokeCredentialRow(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { id: credentialId, mailboxId, label }: CredentialModel,
  reason: string,
): Promise<void> {
  const { count } = await transaction.credential.updateMany({
    where: { id: credentialId, revokedAt: null },
    data: { revokedAt: new Date(), sealedKey: null, sealedSecret: null },
  })
  if (count === 0) return
  await transaction.relayWindow.deleteMany({ where: { credentialId } })
  // Whoever had it may have guessed from there; the place is no longer one that this mailbox is known at.
  await transaction.knownDevice.deleteMany({ where: { account: `mailbox:${mailboxId}`, device: credentialId } })
  await appendAudit(transaction, {
    actorId: actor.accountId,
    action: 'credential.revoke',
    subject: `credential:${credentialId}`,
    mailboxId,
    reason,
    details: { label },
  })
  await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
}
