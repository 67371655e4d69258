'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { endWebSession } from '#lib/auth/web-sessions.ts'
import { defineAction } from '#lib/http/define-action.ts'

const input = z.object({ sessionId: z.uuid() })

/** Ending the session one is in shows the sign-in page: the refreshed page finds nobody signed in. */
export const endSessionAction = defineAction(input, 'webSession.end', async (actor, { sessionId }) => {
  await endWebSession(actor, sessionId)
  refresh()
})
