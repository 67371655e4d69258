import { AppError } from '#lib/errors/app-error.ts'

export function approvalIsOver(approvalId: string): AppError {
  return new AppError('conflict', `approval ${approvalId} is used, run out, not approved or another’s`, {
    ja: 'この承認では実行できません。すでに実行されたか、期限が過ぎたか、まだ承認されていません。一覧を開き直してください。いまは何も変更していません。',
    en: 'This approval does not hold: it was used already, has run out, or was not given. Open the list again. Nothing was changed just now.',
  })
}
