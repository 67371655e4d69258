/** The reader's time zone, as their browser tells it: pages come with the reader's times. */
import { z } from 'zod'
import { keepChoice, keptChoice } from './kept-choice.ts'

/** For readers whose browser has not told, and cannot where it runs no scripts. */
const siteTimeZone = 'Asia/Tokyo'

const COOKIE = 'timeZone'

/** A name of the IANA time zone database. */
export const timeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/) // Intl would take an offset too
  .refine(isKnown)

function isKnown(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export async function readerTimeZone(): Promise<string> {
  const { data } = timeZone.safeParse(await keptChoice(COOKIE))
  return data ?? siteTimeZone
}

export async function rememberTimeZone(name: string): Promise<void> {
  await keepChoice(COOKIE, name)
}
