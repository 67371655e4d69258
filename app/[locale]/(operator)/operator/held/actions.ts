'use server'

import { refresh } from 'next/cache'
import { releaseSending, releaseSendingInput } from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const releaseSendingAction = defineAction(releaseSendingInput, 'heldSending.release', async (actor, input) => {
  const outcome = await releaseSending(actor, input)
  refresh()
  return outcome
})
