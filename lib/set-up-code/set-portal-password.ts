/** What a code for the portal is worth: a password of the person's own choice. Whoever was signed in no longer is. */
import type { z } from 'zod'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { chosenPassword } from '#lib/accounts/portal-password.ts'
import { revokeSessionsOf, type Visitor } from '#lib/auth/web-sessions.ts'
import { hashChosenPassword } from '#lib/chosen-passwords/hash-chosen-password.ts'
import { forgetPassword } from '#lib/inherited-passwords/import-password.ts'
import { codeInput, redeemSetUpCode } from './redeem-set-up-code.ts'

export const setPortalPasswordInput = codeInput.extend({ newPassword: chosenPassword })

/** @throws AppError not_signed_in (no such code), too_many_attempts, invalid_input (too easy; the code stays good) */
export async function setPortalPassword(
  input: z.output<typeof setPortalPasswordInput>,
  visitor: Visitor,
): Promise<void> {
  const { address, code, newPassword } = input
  await redeemSetUpCode({ purpose: 'portalPassword', address, code }, visitor, async (transaction, holder) => {
    const { actor, mailbox } = holder
    const { accountId } = actor
    const passwordHash = await hashChosenPassword(transaction, accountId, newPassword)
    await transaction.portalAccount.update({ where: { id: accountId }, data: { passwordHash } })
    await revokeSessionsOf(transaction, accountId)
    await forgetPassword(transaction, mailbox.id)
    await recordForOwner(transaction, {
      actorId: accountId,
      action: 'portalPassword.set',
      subject: `account:${accountId}`,
      mailboxId: mailbox.id,
      reason: '',
      details: {},
    })
  })
}
