/**
 * The portal's front door. A mail credential never opens it: the account's own password does, with a second step where
 * the account has one; or a passkey alone. Once the password that a mailbox had on the old system does, and becomes the
 * account's own.
 */
import { z } from 'zod'
import { verifyPortalPassword } from '#lib/accounts/index.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { provePortalPassword, takeUpPassword } from '#lib/inherited-passwords/take-up-password.ts'
import type { AuthenticationAnswer } from '#lib/passkeys/browser-answers.ts'
import { checkPasskey } from '#lib/passkeys/check-passkey.ts'
import { openPendingSignIn, owesSecondStep } from './pending-sign-in.ts'
import { admitSignIn, forgetful } from './sign-in-protection.ts'
import { recordSignIn } from './sign-in-record.ts'
import { tooManyAttempts, wrongOrTooMany } from './too-many-attempts.ts'
import { knowsPassword, openWebSession, type Visitor } from './web-sessions.ts'

export const signInInput = z.strictObject({
  login: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(1_024),
})

/** `token`: of a new WebSession, or of a sign-in that waits for its second step. */
export type SignInOutcome = { readonly step: 'done' | 'second'; readonly token: string }

/**
 * @throws AppError not_signed_in (unknown login and wrong password alike), too_many_attempts
 */
export async function signIn(input: z.infer<typeof signInInput>, visitor: Visitor): Promise<SignInOutcome> {
  const { login, password } = signInInput.parse(input)
  const admission = await admitSignIn(login, password, visitor.address, visitor.memory ?? forgetful)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const proven = (await verifyPortalPassword(login, password)) ?? (await provePortalPassword(login, password))
  if (proven === null) throw wrongOrTooMany(admission.wasWrong(), notSignedIn)
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
  const identity = 'sealed_hash' in proven ? await takeUpPassword(proven, password) : proven
  if (identity === null) throw notSignedIn()
  const holds = knowsPassword(identity)
  if (await owesSecondStep(identity)) {
    return { step: 'second', token: await openPendingSignIn(identity.accountId, holds) }
  }
  return { step: 'done', token: await openWebSession({ ...identity, provedBy: 'password' }, visitor, holds) }
}

/** @returns the token of a new WebSession. @throws AppError not_signed_in */
export async function signInWithPasskey(
  token: string,
  answer: AuthenticationAnswer,
  visitor: Visitor,
): Promise<string> {
  const { address } = visitor
  try {
    const account = await checkPasskey({ browserToken: token }, 'signIn', answer)
    recordSignIn({ outcome: 'right', by: 'passkey', account: account.accountId, address })
    return await openWebSession({ ...account, provedBy: 'passkey' }, visitor)
  } catch (error) {
    recordSignIn({ outcome: 'wrong', by: 'passkey', account: null, address })
    throw error
  }
}

function notSignedIn(): AppError {
  return new AppError('not_signed_in', 'wrong login or password', {
    ja: 'メールアドレスかパスワードが違います。大文字と小文字の違いや、全角文字になっていないかを確かめて、もう一度入力してください。',
    en: 'The mail address or the password is not right. Check capitals and full-width characters, then try again.',
  })
}
