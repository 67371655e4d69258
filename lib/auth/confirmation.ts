/**
 * Before somebody changes how they sign in, they prove once more who they are: a browser that was left open is not
 * enough. Signing in counts as such a proof.
 */
import { AppError } from '#lib/errors/app-error.ts'
import type { Session } from './web-sessions.ts'

export const confirmedForMinutes = 10

export function isConfirmed({ confirmedAt }: Session, now = Date.now()): boolean {
  return now - confirmedAt.getTime() < confirmedForMinutes * 60_000
}

/** @throws AppError forbidden, when the last proof is too long ago */
export function requireConfirmed(session: Session): void {
  if (isConfirmed(session)) return
  throw new AppError('forbidden', `session ${session.id} was not confirmed lately`, {
    ja: `ご本人の確認から${confirmedForMinutes}分が過ぎました。ページを開き直して、もう一度ご本人の確認をしてください。まだ何も変更されていません。`,
    en: `More than ${confirmedForMinutes} minutes have passed since you proved who you are. Open the page again and prove it once more. Nothing was changed.`,
  })
}
