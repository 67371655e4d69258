/** For a page whose address names what is not there, or not the reader's. */
import { notFound } from 'next/navigation'
import { AppError } from '#lib/errors/app-error.ts'

export function notFoundPage(error: unknown): never {
  if (error instanceof AppError && error.code === 'not_found') notFound()
  throw error
}
