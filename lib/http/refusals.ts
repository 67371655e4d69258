/**
 * Errors become sentences in the reader's language. Each leaves a line in the log: a refusal its kind and the fields,
 * never what was in them; what nobody foresaw a reference.
 */
import { randomBytes } from 'node:crypto'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { AppError, type AppErrorCode } from '#lib/errors/app-error.ts'
import type { Refused } from './action-state.ts'

export type Refusal = Pick<Refused, 'code' | 'message' | 'fields'>

export async function refusalOf(error: unknown): Promise<Refusal> {
  if (error instanceof AppError) {
    record(error.code, error.code === 'forbidden' ? [error.message] : [])
    return { code: error.code, message: error.userMessage[await getLocale()], fields: {} }
  }
  const t = await getTranslations('forms')
  if (error instanceof z.ZodError) {
    const fields = await fieldProblems(error)
    record('invalid_input', Object.keys(fields))
    return { code: 'invalid_input', message: t('invalid'), fields }
  }
  const reference = randomBytes(4).toString('hex')
  console.error(`portal error ${reference}:`, error)
  return { code: 'unavailable', message: t('unexpected', { reference }), fields: {} }
}

const MAX_WORDS = 20
const MAX_WORD_LENGTH = 100

/** The names of fields may come from outside, too. */
function record(code: AppErrorCode, words: readonly string[]): void {
  const about = words.slice(0, MAX_WORDS).map((word) => word.slice(0, MAX_WORD_LENGTH))
  console.warn(`portal refusal: ${JSON.stringify({ at: new Date().toISOString(), code, about })}`)
}

async function fieldProblems(error: z.ZodError): Promise<Record<string, string>> {
  const t = await getTranslations('forms.problem')
  const problems: Record<string, string> = {}
  for (const issue of error.issues) {
    const field = issue.path.join('.')
    const { problem, characters } = problemOf(issue)
    problems[field] ??= t(problem, { characters })
  }
  return problems
}

type Problem = {
  readonly problem: 'missing' | 'tooShort' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'wrong'
  /** how many are wanted, of a text that has too few or too many */
  readonly characters: number
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const plain = (problem: Problem['problem']) => ({ problem, characters: 0 })
  if (issue.code === 'too_small') {
    if (issue.origin === 'number' || issue.origin === 'int') return plain('tooSmall')
    const characters = Number(issue.minimum)
    return issue.origin === 'string' && characters > 1 ? { problem: 'tooShort', characters } : plain('missing')
  }
  if (issue.code === 'too_big') {
    return issue.origin === 'string' ? { problem: 'tooLong', characters: Number(issue.maximum) } : plain('tooLarge')
  }
  return plain(issue.code === 'invalid_type' && issue.input === undefined ? 'missing' : 'wrong')
}
