'use server'

import { refresh } from 'next/cache'
import { createApiToken, createTokenInput, revokeApiToken, revokeTokenInput } from '#lib/api-tokens/manage-tokens.ts'
import { defineAction } from '#lib/http/define-action.ts'

/** The answer is the only place where the token ever is. */
export const createApiTokenAction = defineAction(createTokenInput, 'apiToken.change', async (actor, input) => {
  const created = await createApiToken(actor, input)
  refresh()
  return created
})

export const revokeApiTokenAction = defineAction(revokeTokenInput, 'apiToken.change', async (actor, input) => {
  await revokeApiToken(actor, input)
  refresh()
})
