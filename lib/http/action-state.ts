/** What an action answers to its form. */
import type { AppErrorCode } from '#lib/errors/app-error.ts'
import type { FormValues } from './form-values.ts'

export type Refused = {
  readonly status: 'refused'
  readonly code: AppErrorCode
  readonly message: string
  /** per field: what is wrong with it */
  readonly fields: Readonly<Record<string, string>>
  /** what the person had entered, so that nothing must be typed twice */
  readonly values: FormValues
}

export type ActionState<Result> =
  | { readonly status: 'idle' }
  | { readonly status: 'done'; readonly result: Result }
  | Refused

export const idle = { status: 'idle' } as const
