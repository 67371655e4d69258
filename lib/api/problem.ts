/** Errors as RFC 9457 has them. What nobody foresaw becomes a reference and a log line. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AppError, type AppErrorCode, type UserMessage } from '#lib/errors/app-error.ts'

export type ProblemCode = AppErrorCode | 'method_not_allowed' | 'unsupported_media_type' | 'too_large' | 'key_reused'

const statusOf: Readonly<Record<ProblemCode, number>> = {
  invalid_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  key_reused: 422,
  too_many_attempts: 429,
  unavailable: 503,
}

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
})
type Problem = z.infer<typeof problemSchema>

export class ApiError extends Error {
  readonly code: ProblemCode
  readonly userMessage: UserMessage
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, userMessage: UserMessage, headers: Readonly<Record<string, string>> = {}) {
    super(userMessage.en)
    this.code = code
    this.userMessage = userMessage
    this.headers = headers
  }
}

const invalid: UserMessage = {
  ja: '入力に誤りがあります。errors に示した項目を直してください。何も変更されていません。',
  en: 'The input is not valid. Correct what "errors" names. Nothing was changed.',
}

/** @param language of the person who reads it */
export function problemAnswer(error: unknown, language: 'ja' | 'en'): Response {
  if (error instanceof z.ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }))
    return answerOf('invalid_input', invalid[language], { errors })
  }
  if (error instanceof ApiError) return answerOf(error.code, error.userMessage[language], {}, error.headers)
  if (error instanceof AppError) return answerOf(error.code, error.userMessage[language])
  const reference = randomBytes(4).toString('hex')
  console.error(`api error ${reference}:`, error)
  const detail = {
    ja: `思わぬ問題が起きました（${reference}）。少し待ってから、もう一度お試しください。`,
    en: `Something unforeseen happened (${reference}). Wait a moment and try again.`,
  }
  return answerOf('unavailable', detail[language])
}

function answerOf(
  code: ProblemCode,
  detail: string,
  more: Pick<Problem, 'errors'> = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  const status = statusOf[code]
  const title = code.replaceAll('_', ' ')
  const problem: Problem = { type: `/api-reference#${code}`, title, status, detail, ...more }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
  })
}
