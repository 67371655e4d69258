/** Proving once more who one is, before a change of the sign-in: with a passkey, or with all that the sign-in asks for. */
import { z } from 'zod'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { verifyPortalPassword } from '#lib/accounts/portal-password.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { AuthenticationAnswer } from '#lib/passkeys/browser-answers.ts'
import { checkPasskey } from '#lib/passkeys/check-passkey.ts'
import { passkeyRefused } from '#lib/passkeys/passkey-refused.ts'
import { appCode } from '#lib/second-step/authenticator-app.ts'
import { browserCookie } from './known-browser.ts'
import { owesSecondStep } from './pending-sign-in.ts'
import { countedCode } from './second-step.ts'
import { admitSignIn } from './sign-in-protection.ts'
import { tooManyAttempts } from './too-many-attempts.ts'
import { confirmWebSession, type Session, type Visitor } from './web-sessions.ts'

export const confirmByPasswordInput = z.object({
  password: z.string().min(1).max(1_024),
  /** where the account has an authenticator app */
  code: z.union([z.literal(''), appCode]).default(''),
})

/** @throws AppError not_signed_in (password or code), too_many_attempts */
export async function confirmByPassword(
  session: Session,
  { password, code }: z.output<typeof confirmByPasswordInput>,
  visitor: Visitor,
): Promise<void> {
  const { actor, login } = session
  requirePermission(actor, 'signIn.change')
  const admission = await admitSignIn(login, password, visitor.address, browserCookie)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const identity = await verifyPortalPassword(login, password)
  if (identity === null || identity.accountId !== actor.accountId) {
    throw admission.waitAfterWrong > 0 ? tooManyAttempts(admission.waitAfterWrong) : wrongPassword()
  }
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
  if (await owesSecondStep(identity)) {
    if (identity.role !== 'SUBSCRIBER') throw passkeyRefused('staff confirm with a passkey')
    await countedCode(identity.accountId, { kind: 'authenticatorApp', code }, visitor)
  }
  await confirmWebSession(session.id)
}

/** @throws AppError not_signed_in, also for the passkey of somebody else */
export async function confirmByPasskey(session: Session, answer: AuthenticationAnswer): Promise<void> {
  requirePermission(session.actor, 'signIn.change')
  await checkPasskey({ sessionId: session.id }, 'confirm', answer, session.actor.accountId)
  await confirmWebSession(session.id, 'passkey')
}

function wrongPassword(): AppError {
  return new AppError('not_signed_in', 'wrong password at the confirmation', {
    ja: 'パスワードが違います。この窓口のパスワードを、もう一度入力してください。',
    en: 'The password is not right. Enter the password of this portal again.',
  })
}
