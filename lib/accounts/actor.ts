/** Who asks. Every use-case takes the actor first and refuses by itself: no caller can forget to. */
import { AppError } from '#lib/errors/app-error.ts'

export type Role = 'SUBSCRIBER' | 'SUPPORT_AGENT' | 'OPERATOR'

export type Actor = {
  readonly accountId: string
  readonly role: Role
  /** set for subscribers only */
  readonly customerId: string | null
}

export function forbidden(what: string): AppError {
  return new AppError('forbidden', what, {
    ja: 'この操作を行う権限がありません。別のアカウントでログインしているときは、ログインし直してください。',
    en: 'You are not allowed to do this. If you are signed in with another account, sign in again.',
  })
}

export function notFound(what: string): AppError {
  return new AppError('not_found', what, {
    ja: '見つかりませんでした。すでに取り消されたか、移動された可能性があります。一覧から選び直してください。',
    en: 'It was not found. It may have been revoked or moved. Go back to the list and choose again.',
  })
}

export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (!roles.includes(actor.role)) throw forbidden(`${actor.role} where ${roles.join(' or ')} is needed`)
}
