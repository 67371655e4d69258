/**
 * next-auth's own protocol (GET /api/auth/session, POST /api/auth/callback/credentials …) over the same front door and
 * the same WebSessions as the sign-in page. Its JWT is only the envelope of the session's token: the database decides.
 */
import type { NextAuthOptions } from 'next-auth'
import credentialsProvider from 'next-auth/providers/credentials'
import { nextAuthSecret, webEnv } from '#lib/env/web.ts'
import { hostCookie } from '#lib/http/host-cookie.ts'
import { visitor } from '#lib/http/visitor.ts'
import { cookieMaxAgeSeconds, sessionCookie } from './session-cookie.ts'
import { signIn, signInInput } from './sign-in.ts'
import { findWebSession, revokeToken } from './web-sessions.ts'

const credentials = credentialsProvider({
  credentials: { login: { type: 'text' }, password: { type: 'password' } },
  async authorize(given) {
    const input = signInInput.safeParse({ login: given?.login, password: given?.password })
    if (!input.success) return null
    const { step, token } = await signIn(input.data, await visitor())
    return step === 'done' ? { id: 'session', sessionToken: token } : null // the second step is on our own page only
  },
})

export function nextAuthOptions(): NextAuthOptions {
  const { isHttps } = webEnv()
  const { name, options } = sessionCookie()
  return {
    secret: nextAuthSecret(),
    providers: [credentials],
    session: { strategy: 'jwt', maxAge: cookieMaxAgeSeconds },
    useSecureCookies: isHttps,
    cookies: { sessionToken: { name, options }, callbackUrl: hostCookie('next-auth.callback-url') },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    logger: { error: (code) => console.warn(`next-auth: ${JSON.stringify(code)}`) },
    callbacks: {
      jwt: ({ token, user }) => ({ sessionToken: user ? user.sessionToken : token.sessionToken }),
      session: async ({ session, token }) => {
        const found = typeof token.sessionToken === 'string' ? await findWebSession(token.sessionToken) : null
        return { expires: session.expires, ...(found ? { user: { name: found.displayName } } : {}) }
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token.sessionToken === 'string') await revokeToken(token.sessionToken)
      },
    },
  }
}
