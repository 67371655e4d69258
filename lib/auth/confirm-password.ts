/** Before what cannot be undone, the password once more: a browser that was left open is not enough. */
import type { Actor } from '#lib/accounts/actor.ts'
import { verifyPortalPassword } from '#lib/accounts/portal-password.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { admitSignIn, forgetful } from './sign-in-protection.ts'
import { tooManyAttempts } from './too-many-attempts.ts'
import type { Visitor } from './web-sessions.ts'

/** Counted with all other guesses. @throws AppError forbidden (wrong), too_many_attempts */
export async function confirmPassword({ accountId }: Actor, password: string, visitor: Visitor): Promise<void> {
  const { login } = await prisma().portalAccount.findUniqueOrThrow({ where: { id: accountId } })
  const admission = await admitSignIn(login, password, visitor.address, forgetful)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const identity = await verifyPortalPassword(login, password)
  if (identity === null) throw admission.waitAfterWrong > 0 ? tooManyAttempts(admission.waitAfterWrong) : wrong()
  await admission.wasRight()
}

function wrong(): AppError {
  return new AppError('forbidden', 'wrong password at a confirmation', {
    ja: 'パスワードが違います。この窓口にログインするときのパスワードを、もう一度入力してください。まだ何も行われていません。',
    en: 'The password is not right. Enter the one with which you sign in here. Nothing was done yet.',
  })
}
