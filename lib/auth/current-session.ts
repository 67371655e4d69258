/** Who is asking, looked up in the database once per request. */
import 'server-only'
import { cache } from 'react'
import { readSessionToken } from './session-cookie.ts'
import { findWebSession, type Session } from './web-sessions.ts'

export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await readSessionToken()
  return token === null ? null : findWebSession(token)
})
