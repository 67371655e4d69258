/** The cookie that carries the session's token, under the name and in the form that next-auth's own handler reads. */
import { type TokenCookie, tokenCookie } from './token-cookie.ts'

/** The longest a session can live; the database decides, this only lets the browser forget. */
export const cookieMaxAgeSeconds = 12 * 3_600

export function sessionCookie(): TokenCookie {
  return tokenCookie('session', cookieMaxAgeSeconds)
}

export async function readSessionToken(): Promise<string | null> {
  return sessionCookie().read()
}

export async function writeSessionToken(sessionToken: string): Promise<void> {
  await sessionCookie().write(sessionToken)
}

export async function clearSessionToken(): Promise<void> {
  await sessionCookie().clear()
}
