import 'server-only'
import { notFound } from 'next/navigation'
import { isPermitted, type Permission } from '#lib/accounts/permissions.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { currentSession } from './current-session.ts'
import type { Session } from './web-sessions.ts'

/**
 * For pages. Nobody signed in: to the sign-in page. Staff who have not shown a passkey:
 * to where they register one. Anybody else without the permission: the page does not exist.
 * @param here where to come back to after signing in
 */
export async function requireSession(permission: Permission, here?: string): Promise<Session> {
  const session = await currentSession()
  if (session === null) return goTo(here ? `/sign-in?next=${encodeURIComponent(here)}` : '/sign-in')
  const { role } = session.actor
  if (isPermitted(role, permission)) return session
  return role === 'UNPROVEN_STAFF' ? goTo('/first-passkey') : notFound()
}
