/** An error that a person may read: what happened and what to do next, in both languages. */

export type AppErrorCode =
  | 'invalid_input'
  | 'not_signed_in'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_many_attempts'
  | 'unavailable'

export type UserMessage = { readonly ja: string; readonly en: string }

export class AppError extends Error {
  readonly code: AppErrorCode
  readonly userMessage: UserMessage

  /** @param message for the operator's log; never shown to a person */
  constructor(code: AppErrorCode, message: string, userMessage: UserMessage) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.userMessage = userMessage
  }
}
