/** The portal's front door. A mail credential never opens it: only the account's own password does. */
import { z } from 'zod'
import { verifyPortalPassword } from '#lib/accounts/index.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { browserCookie } from './known-browser.ts'
import { admitSignIn } from './sign-in-protection.ts'
import { tooManyAttempts } from './too-many-attempts.ts'
import { openWebSession, type Visitor } from './web-sessions.ts'

export const signInInput = z.strictObject({
  login: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(1_024),
})

/**
 * @returns the token of a new WebSession
 * @throws AppError not_signed_in (unknown login and wrong password alike), too_many_attempts
 */
export async function signIn(input: z.infer<typeof signInInput>, visitor: Visitor): Promise<string> {
  const { login, password } = signInInput.parse(input)
  const admission = await admitSignIn(login, password, visitor.address, browserCookie)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const identity = await verifyPortalPassword(login, password)
  if (identity === null) throw admission.waitAfterWrong > 0 ? tooManyAttempts(admission.waitAfterWrong) : notSignedIn()
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
  return openWebSession(identity, visitor)
}

function notSignedIn(): AppError {
  return new AppError('not_signed_in', 'wrong login or password', {
    ja: 'メールアドレスかパスワードが違います。大文字と小文字の違いや、全角文字になっていないかを確かめて、もう一度入力してください。',
    en: 'The mail address or the password is not right. Check capitals and full-width characters, then try again.',
  })
}
