import { z } from 'zod'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { chosenPassword, hashPassword } from '#lib/accounts/portal-password.ts'
import { prisma } from '#lib/db/prisma.ts'
import { requireConfirmed } from './confirmation.ts'
import { revokeSessionsOf, type Session } from './web-sessions.ts'

export const changePasswordInput = z.object({ newPassword: chosenPassword })

/** From the commit on every other browser is signed out. @throws AppError forbidden */
export async function changePassword(session: Session, input: z.output<typeof changePasswordInput>): Promise<void> {
  const { actor, id } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  const { accountId } = actor
  const passwordHash = await hashPassword(input.newPassword)
  await prisma().$transaction(async (transaction) => {
    await transaction.portalAccount.update({ where: { id: accountId }, data: { passwordHash } })
    await revokeSessionsOf(transaction, accountId, id)
    await recordForAccount(transaction, actor, { action: 'portalPassword.set' })
  })
}
