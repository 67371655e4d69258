import { AppError } from '#lib/errors/app-error.ts'

/** One answer whatever is wrong: unknown key, wrong signature, old challenge. @param what for the log */
export function passkeyRefused(what: string): AppError {
  return new AppError('not_signed_in', `passkey refused: ${what}`, {
    ja: 'パスキーを確かめられませんでした。ページを開き直して、もう一度お試しください。このパスキーが登録されていないときは、パスワードでログインしてください。',
    en: 'The passkey could not be verified. Open the page again and repeat it. If this passkey is not registered, sign in with the password.',
  })
}
