/**
 * Proving once more who one is, with all that the sign-in asks for: the password, and a code where the account has an
 * authenticator app. Counted with all other guesses.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { verifyPortalPassword } from '#lib/accounts/portal-password.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { passkeyRefused } from '#lib/passkeys/passkey-refused.ts'
import { appCode } from '#lib/second-step/authenticator-app.ts'
import { owesSecondStep } from './pending-sign-in.ts'
import { countedCode } from './second-step.ts'
import { admitSignIn, forgetful } from './sign-in-protection.ts'
import { tooManyAttempts, wrongOrTooMany } from './too-many-attempts.ts'
import type { Visitor } from './web-sessions.ts'

export const ownPassword = z.string().min(1).max(1_024)

export const identityProof = z.object({
  password: ownPassword,
  /** where the account has an authenticator app */
  code: z.union([z.literal(''), appCode]).default(''),
})

/** @throws AppError not_signed_in (password or code; staff with a passkey), too_many_attempts */
export async function proveIdentity(
  actor: Actor,
  { password, code }: z.output<typeof identityProof>,
  visitor: Visitor,
): Promise<void> {
  const identity = await provePassword(actor, password, visitor)
  if (!(await owesSecondStep(identity))) return
  if (identity.role !== 'SUBSCRIBER') throw passkeyRefused('staff confirm with a passkey')
  await countedCode(identity.accountId, { kind: 'authenticatorApp', code }, visitor)
}

/** The first half alone, for who has lately proved the whole. @throws AppError not_signed_in, too_many_attempts */
export async function provePassword({ accountId }: Actor, password: string, { address, memory }: Visitor) {
  const { login } = await prisma().portalAccount.findUniqueOrThrow({ where: { id: accountId } })
  const admission = await admitSignIn(login, password, address, memory ?? forgetful)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const identity = await verifyPortalPassword(login, password)
  if (identity === null) throw wrongOrTooMany(admission.wasWrong(), wrongPassword)
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
  return identity
}

function wrongPassword(): AppError {
  return new AppError('not_signed_in', 'wrong password at a confirmation', {
    ja: 'パスワードが違います。この窓口にログインするときのパスワードを、もう一度入力してください。まだ何も行われていません。',
    en: 'The password is not right. Enter the one with which you sign in here. Nothing was done yet.',
  })
}
