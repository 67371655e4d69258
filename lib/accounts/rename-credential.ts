import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type Actor, notFound } from './actor.ts'
import { credentialLabel } from './issue-credential.ts'
import { accessibleMailbox } from './mailbox-access.ts'
import { type CredentialView, credentialView } from './views.ts'

export const renameCredentialInput = z.strictObject({ credentialId: z.uuid(), label: credentialLabel })

/** @throws AppError not_found */
export async function renameCredential(
  actor: Actor,
  input: z.infer<typeof renameCredentialInput>,
): Promise<CredentialView> {
  const { credentialId, label } = renameCredentialInput.parse(input)
  const before = await prisma().credential.findUnique({ where: { id: credentialId } })
  if (before === null) throw notFound(`credential ${credentialId}`)
  await accessibleMailbox(actor, before.mailboxId, 'manage')
  const renamed = await prisma().$transaction(async (transaction) => {
    const row = await transaction.credential.update({ where: { id: credentialId }, data: { label } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'credential.rename',
      subject: `credential:${credentialId}`,
      mailboxId: before.mailboxId,
      reason: '',
      details: { from: before.label, to: label },
    })
    return row
  })
  return credentialView(renamed)
}
