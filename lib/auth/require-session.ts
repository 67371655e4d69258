import 'server-only'
import { notFound } from 'next/navigation'
import { goTo } from '#lib/i18n/go-to.ts'
import { currentSession } from './current-session.ts'
import { isPermitted, type Permission } from './permissions.ts'
import type { Session } from './web-sessions.ts'

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
