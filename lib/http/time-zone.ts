/** The reader's time zone, as their browser tells it, in a cookie that the server reads: pages come with the reader's times. */
import { cookies } from 'next/headers'
import { z } from 'zod'
import { hostCookie } from './host-cookie.ts'

/** For readers whose browser has not told, and cannot where it runs no scripts. */
const siteTimeZone = 'Asia/Tokyo'

const cookie = () => hostCookie('timeZone')
const ONE_YEAR_SECONDS = 31_536_000

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
  const { data } = timeZone.safeParse((await cookies()).get(cookie().name)?.value)
  return data ?? siteTimeZone
}

export async function rememberTimeZone(name: string): Promise<void> {
  const jar = await cookies()
  const { name: cookieName, options } = cookie()
  jar.set(cookieName, name, { ...options, maxAge: ONE_YEAR_SECONDS })
}
