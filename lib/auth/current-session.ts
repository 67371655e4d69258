/** Who is asking, looked up in the database once per request. */
import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { goTo } from '#lib/i18n/go-to.ts'
import { isPermitted, type Permission } from './permissions.ts'
import { readSessionToken } from './session-cookie.ts'
import { findWebSession, type Session } from './web-sessions.ts'

export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await readSessionToken()
  return token === null ? null : findWebSession(token)
})

/**
 * For pages. Nobody signed in: to the sign-in page. Somebody without the permission: the page does not exist.
 * @param here where to come back to after signing in
 */
export async function requireSession(permission: Permission, here?: string): Promise<Session> {
  const session = await currentSession()
  if (session === null) return goTo(here ? `/sign-in?next=${encodeURIComponent(here)}` : '/sign-in')
  if (!isPermitted(session.actor.role, permission)) notFound()
  return session
}
