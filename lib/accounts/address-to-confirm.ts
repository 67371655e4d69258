/** An address that somebody gives, to which a letter with a link then goes: what is said when none is sent. */
import { AppError } from '#lib/errors/app-error.ts'

/** of one account, to addresses of one kind */
export const maxLettersPerDay = 5

export function noAddress(): AppError {
  return new AppError('invalid_input', 'not a mail address', {
    ja: 'メールアドレスとして読み取れませんでした。もう一度入力してください。何も変更されていません。',
    en: 'This is not a mail address. Enter it again. Nothing was changed.',
  })
}

export function tooManyLetters(): AppError {
  return new AppError('too_many_attempts', 'too many letters with a link', {
    ja: '確認のメールを、今日はこれ以上お送りできません。明日もう一度お試しください。何も変更されていません。',
    en: 'No more letters can be sent today. Try again tomorrow. Nothing was changed.',
  })
}
