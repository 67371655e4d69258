'use server'

import { cancelDelivery, cancelDeliveryInput } from '#lib/delivery/cancel-delivery.ts'
import { flushDomain, flushDomainInput } from '#lib/delivery/flush-domain.ts'
import { holdDelivery, holdDeliveryInput } from '#lib/delivery/hold-delivery.ts'
import { releaseDelivery, releaseDeliveryInput } from '#lib/delivery/release-delivery.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const holdDeliveryAction = defineAction(holdDeliveryInput, 'queue.change', holdDelivery)
export const releaseDeliveryAction = defineAction(releaseDeliveryInput, 'queue.change', releaseDelivery)
export const cancelDeliveryAction = defineAction(cancelDeliveryInput, 'queue.change', cancelDelivery)
export const flushDomainAction = defineAction(flushDomainInput, 'queue.change', flushDomain)
