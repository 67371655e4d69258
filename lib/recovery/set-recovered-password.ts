/**
 * What a link to the second address is worth: a password of the person's own choice, once. Everybody who was signed in
 * no longer is. The second step stays: it takes two of the staff to remove it.
 */
import { z } from 'zod'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { chosenPassword } from '#lib/accounts/portal-password.ts'
import { revokeSessionsOf } from '#lib/auth/web-sessions.ts'
import { bearerToken, bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { hashChosenPassword } from '#lib/chosen-passwords/hash-chosen-password.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'

export const setRecoveredPasswordInput = z.object({ token: bearerToken, newPassword: chosenPassword })

/** @throws AppError not_signed_in (no such link, used, or too old), invalid_input (too easy; the link stays good) */
export async function setRecoveredPassword(input: z.output<typeof setRecoveredPasswordInput>): Promise<void> {
  const isGood = {
    tokenHash: bearerTokenHash(input.token),
    usedAt: null,
    expiresAt: { gt: new Date() },
    account: { disabledAt: null },
  }
  await prisma().$transaction(async (transaction) => {
    const link = await transaction.recoveryLink.findFirst({ where: isGood, include: { account: true } })
    const { count } = await transaction.recoveryLink.updateMany({ where: isGood, data: { usedAt: new Date() } })
    if (link === null || count === 0) throw wrongLink()
    const { accountId } = link
    const passwordHash = await hashChosenPassword(transaction, accountId, input.newPassword)
    await transaction.portalAccount.update({ where: { id: accountId }, data: { passwordHash } })
    await revokeSessionsOf(transaction, accountId)
    const { role, customerId } = link.account
    await recordForAccount(transaction, { accountId, role, customerId }, { action: 'portalPassword.set' })
  })
}

function wrongLink(): AppError {
  return new AppError('not_signed_in', 'no such recovery link', {
    ja: 'このリンクは使えません。30分が過ぎたか、すでに使われています。「パスワードを忘れたとき」の画面から、もう一度お申し込みください。何も変更されていません。',
    en: 'This link is no longer good: its 30 minutes are over, or it was used. Ask for another one on the page for forgotten passwords. Nothing was changed.',
  })
}
