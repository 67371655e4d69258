/** A random token of ours in a cookie, in next-auth's encrypted form. */
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { nextAuthSecret } from '#lib/env/web.ts'
import { type HostCookie, hostCookie } from '#lib/http/host-cookie.ts'

export interface TokenCookie extends HostCookie {
  read(): Promise<string | null>
  write(token: string): Promise<void>
  clear(): Promise<void>
}

/** @param salt tells cookies of one name apart from those of another; next-auth's own has none */
export function tokenCookie(bareName: string, maxAge: number, salt = ''): TokenCookie {
  const { name, options } = hostCookie(bareName)
  return {
    name,
    options,
    async read() {
      const value = (await cookies()).get(name)?.value
      if (value === undefined) return null
      try {
        const content = await decode({ token: value, secret: nextAuthSecret(), salt })
        return typeof content?.sessionToken === 'string' ? content.sessionToken : null
      } catch {
        return null // not one of ours: forged, or from before the key changed
      }
    },
    async write(sessionToken) {
      const value = await encode({ token: { sessionToken }, secret: nextAuthSecret(), salt, maxAge })
      const jar = await cookies()
      jar.set(name, value, { ...options, maxAge })
    },
    async clear() {
      const jar = await cookies()
      jar.set(name, '', { ...options, maxAge: 0 })
    },
  }
}
