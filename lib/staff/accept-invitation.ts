/** What the link of an invitation is worth: an account with a password of the person's own, once. */
import { z } from 'zod'
import { chosenPassword } from '#lib/accounts/portal-password.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import { revokeSessionsOf } from '#lib/auth/web-sessions.ts'
import { bearerToken, bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { hashNewPassword } from '#lib/chosen-passwords/hash-chosen-password.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { lockStaff } from './staff-gate.ts'

export const acceptInvitationInput = z.object({ token: bearerToken, newPassword: chosenPassword })

/** @returns the login @throws AppError not_signed_in (no such link, used, or too old), invalid_input (too easy a password) */
export async function acceptInvitation({
  token,
  newPassword,
}: z.output<typeof acceptInvitationInput>): Promise<string> {
  const isGood = { tokenHash: bearerTokenHash(token), usedAt: null, expiresAt: { gt: new Date() } }
  return prisma().$transaction(async (transaction) => {
    await lockStaff(transaction)
    const invitation = await transaction.staffInvitation.findFirst({ where: isGood })
    if (invitation === null) throw linkIsOver()
    const { id, login, mailAddress, displayName, role, invitedBy } = invitation
    await transaction.staffInvitation.update({ where: { id }, data: { usedAt: new Date() } })
    const passwordHash = await hashNewPassword(newPassword, { login, displayName, addresses: [mailAddress] })
    const accountId = await join(transaction, { login, mailAddress, displayName, role, passwordHash })
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'staff.join',
      subject: `account:${accountId}`,
      mailboxId: null,
      reason: '',
      details: { login, role, invitedBy },
    })
    return login
  })
}

type Newcomer = Pick<
  Prisma.PortalAccountGetPayload<object>,
  'login' | 'mailAddress' | 'displayName' | 'role' | 'passwordHash'
>

/** Whoever comes back is the same account, so that the records of their work stay theirs; nothing opens it that did before. */
async function join(transaction: Prisma.TransactionClient, newcomer: Newcomer): Promise<string> {
  const former = await transaction.portalAccount.findUnique({ where: { login: newcomer.login } })
  if (former === null) return (await transaction.portalAccount.create({ data: newcomer })).id
  if (former.disabledAt === null || !isStaff(former.role)) throw linkIsOver()
  const { id } = former
  await forgetWaysIn(transaction, id)
  await transaction.portalAccount.update({ where: { id }, data: { ...newcomer, disabledAt: null } })
  return id
}

async function forgetWaysIn(transaction: Prisma.TransactionClient, accountId: string): Promise<void> {
  const theirs = { where: { accountId } }
  await transaction.passkey.deleteMany(theirs)
  await transaction.authenticatorApp.deleteMany(theirs)
  await transaction.recoveryCode.deleteMany(theirs)
  await transaction.pendingSignIn.deleteMany(theirs)
  await transaction.staffAddressChange.deleteMany(theirs)
  await revokeSessionsOf(transaction, accountId)
  await transaction.apiToken.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: new Date() } })
}

function linkIsOver(): AppError {
  return new AppError('not_signed_in', 'no such invitation', {
    ja: 'この招待のリンクは使えません。2日が過ぎたか、取り消されたか、すでに使われています。招待した方に、もう一度招待してもらってください。',
    en: 'This invitation is no longer good: its two days are over, it was withdrawn, or it was used. Ask whoever invited you to do so again.',
  })
}
