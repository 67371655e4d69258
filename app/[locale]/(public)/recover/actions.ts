'use server'

import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'
import { askForRecovery, askForRecoveryInput } from '#lib/recovery/ask-for-recovery.ts'
import { verifyRecoveryAddress, verifyRecoveryAddressInput } from '#lib/recovery/recovery-address.ts'
import { setRecoveredPassword, setRecoveredPasswordInput } from '#lib/recovery/set-recovered-password.ts'

export const askForRecoveryAction = defineAction(askForRecoveryInput, 'anyone', async (_actor, input) => {
  await askForRecovery(input, await visitor())
  return { channel: input.channel }
})

export const setRecoveredPasswordAction = defineAction(setRecoveredPasswordInput, 'anyone', (_actor, input) =>
  setRecoveredPassword(input),
)

export const verifyRecoveryAddressAction = defineAction(verifyRecoveryAddressInput, 'anyone', (_actor, input) =>
  verifyRecoveryAddress(input),
)
