import { currentSession } from '#lib/auth/current-session.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { signedOut } from './define-action.ts'

/** For actions on the session itself, which the guard has found before. */
export async function ownSession(): Promise<Session> {
  const session = await currentSession()
  if (session === null) throw signedOut()
  return session
}
