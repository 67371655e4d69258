/** A file as text. */
import { AppError } from '#lib/errors/app-error.ts'

/** @throws AppError invalid_input */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('invalid_input', 'a file in another encoding', {
      ja: 'ファイルの文字コードがUTF-8ではありません。UTF-8で保存し直してから、もう一度お試しください。',
      en: 'The file is not UTF-8. Save it again as UTF-8.',
    })
  }
}
