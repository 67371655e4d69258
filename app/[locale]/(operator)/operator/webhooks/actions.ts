'use server'

import { refresh } from 'next/cache'
import { defineAction } from '#lib/http/define-action.ts'
import { deliveryInput, redeliver } from '#lib/webhooks/deliveries.ts'
import { addEndpoint, addEndpointInput, endpointInput, removeEndpoint } from '#lib/webhooks/manage-endpoints.ts'

/** The answer is the only place where the secret ever is. */
export const addEndpointAction = defineAction(addEndpointInput, 'webhook.change', async (actor, input) => {
  const added = await addEndpoint(actor, input)
  refresh()
  return added
})

export const removeEndpointAction = defineAction(endpointInput, 'webhook.change', async (actor, input) => {
  await removeEndpoint(actor, input)
  refresh()
})

export const redeliverAction = defineAction(deliveryInput, 'webhook.change', async (actor, input) => {
  await redeliver(actor, input)
  refresh()
})
