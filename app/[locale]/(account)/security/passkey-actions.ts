'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { waivePasskey } from '#lib/auth/waive-passkey.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { removePasskey, removePasskeyInput } from '#lib/passkeys/own-passkeys.ts'
import {
  beginRegistration,
  type RegistrationOptions,
  registerPasskey,
  registerPasskeyInput,
} from '#lib/passkeys/register-passkey.ts'

export const beginRegistrationAction = defineAction(
  z.object({}),
  'signIn.change',
  async (): Promise<RegistrationOptions> => beginRegistration(await ownSession()),
)

export const registerPasskeyAction = defineAction(registerPasskeyInput, 'signIn.change', async (_actor, input) => {
  await registerPasskey(await ownSession(), input)
  refresh()
})

export const removePasskeyAction = defineAction(removePasskeyInput, 'signIn.change', async (_actor, input) => {
  await removePasskey(await ownSession(), input)
  refresh()
})

export const waivePasskeyAction = defineAction(z.object({}), 'passkey.waive', async () => {
  await waivePasskey(await ownSession())
  return goTo('/')
})
