import { z } from 'zod'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { chosenPassword } from '#lib/accounts/portal-password.ts'
import { hashChosenPassword } from '#lib/chosen-passwords/hash-chosen-password.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireConfirmed } from './confirmation.ts'
import { ownPassword, provePassword } from './prove-identity.ts'
import { revokeSessionsOf, type Session, type Visitor } from './web-sessions.ts'

export const changePasswordInput = z.object({ currentPassword: ownPassword, newPassword: chosenPassword })

/**
 * From the commit on every other browser is signed out.
 * @throws AppError forbidden, not_signed_in (the current password), too_many_attempts, invalid_input (too easy to guess)
 */
export async function changePassword(
  session: Session,
  { currentPassword, newPassword }: z.output<typeof changePasswordInput>,
  visitor: Visitor,
): Promise<void> {
  const { actor, id } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  await provePassword(actor, currentPassword, visitor)
  const { accountId } = actor
  await prisma().$transaction(async (transaction) => {
    const passwordHash = await hashChosenPassword(transaction, accountId, newPassword)
    await transaction.portalAccount.update({ where: { id: accountId }, data: { passwordHash } })
    await revokeSessionsOf(transaction, accountId, id)
    await recordForAccount(transaction, actor, { action: 'portalPassword.set' })
  })
}
