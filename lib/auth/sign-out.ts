import { clearSessionToken, readSessionToken } from './session-cookie.ts'
import { revokeToken } from './web-sessions.ts'

/** Ends the session of this browser on the server, then forgets its cookie. */
export async function closeThisSession(): Promise<void> {
  const token = await readSessionToken()
  if (token !== null) await revokeToken(token)
  await clearSessionToken()
}
