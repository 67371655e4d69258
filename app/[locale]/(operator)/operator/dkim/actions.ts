'use server'

import { refresh } from 'next/cache'
import { activateKeys, activateKeysInput } from '#lib/dkim/activate-keys.ts'
import { createNextKeys, createNextKeysInput } from '#lib/dkim/create-next-keys.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const createNextKeysAction = defineAction(createNextKeysInput, 'dkim.change', async (actor, input) => {
  await createNextKeys(actor, input)
  refresh()
})

export const activateKeysAction = defineAction(activateKeysInput, 'dkim.change', async (actor, input) => {
  await activateKeys(actor, input)
  refresh()
})
