/**
 * Somebody has lost the phone with the authenticator app, the passkeys and the paper with the codes. Taking the second
 * step away always takes two of the staff; whoever is signed in no longer is.
 */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { passApproval } from '#lib/approvals/pass-approval.ts'
import { prisma } from '#lib/db/prisma.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'

/** @throws AppError not_found, forbidden */
export async function removeSecondStep(actor: Actor, input: z.input<typeof assistInput>): Promise<GuardedOutcome> {
  const { customerId, reason, ...whose } = assistInput.parse(input)
  const { id: mailboxId } = await assistedMailbox(actor, { customerId, mailboxId: whose.mailboxId })
  return prisma().$transaction(async (transaction) => {
    const order = { customerId, mailboxId }
    const matter = { deed: 'removeSecondStep', mailboxId, order, reason } as const
    if (!(await passApproval(transaction, actor, matter))) return 'awaitingApproval'
    const theirs = { account: { customerId, role: 'SUBSCRIBER' } } as const
    await transaction.authenticatorApp.deleteMany({ where: theirs })
    await transaction.passkey.deleteMany({ where: theirs })
    await transaction.recoveryCode.deleteMany({ where: theirs })
    await transaction.webSession.updateMany({ where: { ...theirs, revokedAt: null }, data: { revokedAt: new Date() } })
    await recordForOwner(transaction, {
      actorId: actor.accountId,
      action: 'secondStep.remove',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: {},
    })
    return 'done'
  })
}
