/** What went wrong, for the person at the terminal. */
import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'

const language = /^ja/.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? 'ja' : 'en'

export function explain(error: unknown): string {
  if (error instanceof AppError) return error.userMessage[language]
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
