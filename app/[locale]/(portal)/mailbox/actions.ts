'use server'

import { endLiveSession, endLiveSessionInput } from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const endLiveSessionAction = defineAction(endLiveSessionInput, 'liveSession.end', (actor, input) =>
  endLiveSession(actor, input),
)
