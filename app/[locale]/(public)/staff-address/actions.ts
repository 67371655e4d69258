'use server'

import { defineAction } from '#lib/http/define-action.ts'
import { confirmOwnAddress, confirmOwnAddressInput } from '#lib/staff/own-address.ts'

export const confirmOwnAddressAction = defineAction(confirmOwnAddressInput, 'anyone', (_actor, input) =>
  confirmOwnAddress(input),
)
