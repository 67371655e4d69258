/** Who asks. Every use-case takes the actor first and refuses by itself: no caller can forget to. */
import { AppError } from '#lib/errors/app-error.ts'
import type { ApiScope } from './api-scopes.ts'

export type Role = 'SUBSCRIBER' | 'SUPPORT_AGENT' | 'OPERATOR'

export type Actor = {
  readonly accountId: string
  readonly role: Role
  /** set for subscribers only */
  readonly customerId: string | null
  /** of a program that acts in an operator's name: all that it may do */
  readonly apiScopes?: readonly ApiScope[]
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

/** @throws AppError forbidden, to every program: what one may do is named by its scope (`requireOperator`) */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (actor.apiScopes !== undefined) throw forbidden(`a program where ${roles.join(' or ')} is needed`)
  if (!roles.includes(actor.role)) throw forbidden(`${actor.role} where ${roles.join(' or ')} is needed`)
}

/** An operator in person, or a program of theirs with this scope. @throws AppError forbidden */
export function requireOperator(actor: Actor, scope: ApiScope): void {
  if (actor.role !== 'OPERATOR') throw forbidden(`${actor.role} where OPERATOR is needed`)
  if (actor.apiScopes !== undefined && !actor.apiScopes.includes(scope)) throw forbidden(`a program without ${scope}`)
}
