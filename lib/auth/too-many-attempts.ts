import { AppError } from '#lib/errors/app-error.ts'

/** After a wrong secret: either that it is wrong, or that the next one has to wait. */
export function wrongOrTooMany(waitSeconds: number, wrong: () => AppError): AppError {
  return waitSeconds > 0 ? tooManyAttempts(waitSeconds) : wrong()
}

export function tooManyAttempts(waitSeconds: number): AppError {
  const minutes = Math.max(1, Math.ceil(waitSeconds / 60))
  return new AppError('too_many_attempts', 'sign-in throttled', {
    ja: `続けて何度も入力に失敗したため、しばらくログインできません。${minutes}分ほど待ってから、もう一度お試しください。これまで使えていたメールソフトの送受信には影響ありません。`,
    en: `There were too many failed attempts, so signing in is blocked for a while. Wait about ${minutes} minutes and try again. Mail programs that worked before go on working.`,
  })
}
