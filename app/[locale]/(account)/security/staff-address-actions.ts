'use server'

import { refresh } from 'next/cache'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import { askForOwnAddress, askForOwnAddressInput } from '#lib/staff/own-address.ts'

export const askForOwnAddressAction = defineAction(
  askForOwnAddressInput,
  'staffAddress.change',
  async (_actor, input) => {
    await askForOwnAddress(await ownSession(), input)
    refresh()
  },
)
