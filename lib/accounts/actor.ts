/** Who asks. Every use-case takes the actor first and refuses by itself: no caller can forget to. */
import { AppError } from '#lib/errors/app-error.ts'
import type { ApiScope } from './api-scopes.ts'

/** What an account is for; staff sign in with passkeys. */
export const staffRoles = ['SUPPORT_AGENT', 'SENIOR_AGENT', 'OPERATOR', 'AUDITOR'] as const
export type StaffRole = (typeof staffRoles)[number]
export type AccountRole = 'SUBSCRIBER' | StaffRole

/** In what role somebody acts: staff who signed in without a passkey reach nothing but their own sign-in. */
export type Role = AccountRole | 'UNPROVEN_STAFF'

export type Actor = {
  readonly accountId: string
  readonly role: Role
  /** a subscriber's contract; of staff their own one, which they may not assist */
  readonly customerId: string | null
  /** of a program that acts in an operator's name: all that it may do */
  readonly apiScopes?: readonly ApiScope[]
  /** of staff who do what was approved: by this approval and no other */
  readonly approvalId?: string
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
