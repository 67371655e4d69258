'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import {
  askForRecoveryAddress,
  askForRecoveryAddressInput,
  removeRecoveryAddress,
} from '#lib/recovery/recovery-address.ts'

export const askForRecoveryAddressAction = defineAction(
  askForRecoveryAddressInput,
  'recoveryAddress.change',
  async (_actor, input) => {
    await askForRecoveryAddress(await ownSession(), input)
    refresh()
  },
)

export const removeRecoveryAddressAction = defineAction(z.object({}), 'recoveryAddress.change', async () => {
  await removeRecoveryAddress(await ownSession())
  refresh()
})
