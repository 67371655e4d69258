import { AppError } from '#lib/errors/app-error.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

/** @throws AppError invalid_input */
export function staffMailAddress(text: string): string {
  const parsed = parseMailAddress(text)
  if (parsed === null) throw noAddress()
  return canonicalAddress(parsed)
}

function noAddress(): AppError {
  return new AppError('invalid_input', 'not a mail address', {
    ja: 'メールアドレスとして読み取れませんでした。もう一度入力してください。何も変更されていません。',
    en: 'This is not a mail address. Enter it again. Nothing was changed.',
  })
}
