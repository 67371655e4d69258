/**
 * The second step, after the right password. Wrong codes are counted with all other guesses (lib/attempts), and every
 * guess at an app's code is a new one in each time step, because what is wrong now may be right later.
 */
import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { appCode, currentStep, takeAppCode } from '#lib/second-step/authenticator-app.ts'
import { recoveryCode, takeRecoveryCode } from '#lib/second-step/recovery-codes.ts'
import { findPendingSignIn, takePendingSignIn } from './pending-sign-in.ts'
import { isStaff } from './proofs.ts'
import { admitSignIn, forgetful } from './sign-in-protection.ts'
import { tooManyAttempts, wrongOrTooMany } from './too-many-attempts.ts'
import { openWebSession, type Visitor } from './web-sessions.ts'

export const secondStepInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('authenticatorApp'), code: appCode }),
  z.object({ kind: z.literal('recoveryCode'), code: recoveryCode }),
])
export type SecondStepProof = z.output<typeof secondStepInput>

/**
 * @param pendingToken of the sign-in that waits for this step
 * @returns the token of a new WebSession
 * @throws AppError not_signed_in, too_many_attempts
 */
export async function passSecondStep(pendingToken: string, proof: SecondStepProof, visitor: Visitor): Promise<string> {
  const account = await findPendingSignIn(pendingToken)
  if (account === null) throw tooLate()
  const { accountId, role } = account
  if (proof.kind === 'authenticatorApp' && isStaff(role)) throw wrongCode()
  await countedCode(accountId, proof, visitor)
  return openWebSession({ accountId, role, provedBy: proof.kind }, visitor, takePendingSignIn(pendingToken))
}

/** Takes the code. @throws AppError not_signed_in, too_many_attempts */
export async function countedCode(accountId: string, { kind, code }: SecondStepProof, visitor: Visitor): Promise<void> {
  const isAppCode = kind === 'authenticatorApp'
  const guess = isAppCode ? `${currentStep()} ${code}` : code
  const admission = await admitSignIn(`second step ${accountId}`, guess, visitor.address, forgetful)
  if (admission.outcome === 'tooMany') throw tooManyAttempts(admission.waitSeconds)
  const isRight = isAppCode ? await takeAppCode(accountId, code) : await takeRecoveryCode(accountId, code)
  if (!isRight) throw wrongOrTooMany(admission.wasWrong(), wrongCode)
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
}

function wrongCode(): AppError {
  return new AppError('not_signed_in', 'wrong code of the second step', {
    ja: 'コードが合いません。認証アプリにいま表示されている6桁か、まだ使っていない予備コードを入力してください。',
    en: 'The code is not right. Enter the six digits that the app shows now, or a recovery code that was not used yet.',
  })
}

function tooLate(): AppError {
  return new AppError('not_signed_in', 'no pending sign-in', {
    ja: 'パスワードの入力から時間がたちました。ログインの画面に戻って、はじめからやり直してください。',
    en: 'Too much time has passed since the password was entered. Go back to the sign-in page and begin again.',
  })
}
