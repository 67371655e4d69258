/**
 * The cookie that carries the session's token, in next-auth's encrypted form and under the name that its handler reads.
 * `__Host-` over https: no other host of the domain can plant or read it.
 */
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { nextAuthSecret, webEnv } from '#lib/env/web.ts'

/** The longest a session can live; the database decides, this only lets the browser forget. */
export const cookieMaxAgeSeconds = 12 * 3_600

export function sessionCookie() {
  const { isHttps } = webEnv()
  return {
    name: isHttps ? '__Host-session' : 'session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps },
  } as const
}

export async function readSessionToken(): Promise<string | null> {
  const value = (await cookies()).get(sessionCookie().name)?.value
  if (value === undefined) return null
  try {
    const content = await decode({ token: value, secret: nextAuthSecret() })
    return typeof content?.sessionToken === 'string' ? content.sessionToken : null
  } catch {
    return null // not one of ours: forged, or from before the key changed
  }
}

export async function writeSessionToken(sessionToken: string): Promise<void> {
  const { name, options } = sessionCookie()
  const value = await encode({ token: { sessionToken }, secret: nextAuthSecret(), maxAge: cookieMaxAgeSeconds })
  const jar = await cookies()
  jar.set(name, value, { ...options, maxAge: cookieMaxAgeSeconds })
}

export async function clearSessionToken(): Promise<void> {
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}
