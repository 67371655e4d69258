'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { changePassword, changePasswordInput } from '#lib/auth/change-password.ts'
import { confirmByPasskey, confirmByPassword } from '#lib/auth/confirm-session.ts'
import { endWebSession } from '#lib/auth/end-web-session.ts'
import { identityProof } from '#lib/auth/prove-identity.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import { visitor } from '#lib/http/visitor.ts'
import { type AuthenticationOptions, beginPasskeyCheck, checkPasskeyInput } from '#lib/passkeys/check-passkey.ts'

const endSessionInput = z.object({ sessionId: z.uuid() })

/** Ending the session one is in shows the sign-in page: the refreshed page finds nobody signed in. */
export const endSessionAction = defineAction(endSessionInput, 'webSession.end', async (_actor, { sessionId }) => {
  await endWebSession(await ownSession(), sessionId)
  refresh()
})

export const confirmByPasswordAction = defineAction(identityProof, 'signIn.change', async (_actor, input) => {
  await confirmByPassword(await ownSession(), input, await visitor())
  refresh()
})

export const beginConfirmationAction = defineAction(
  z.object({}),
  'signIn.change',
  async (): Promise<AuthenticationOptions> => beginPasskeyCheck({ sessionId: (await ownSession()).id }, 'confirm'),
)

export const confirmByPasskeyAction = defineAction(checkPasskeyInput, 'signIn.change', async (_actor, { answer }) => {
  await confirmByPasskey(await ownSession(), answer)
  refresh()
})

export const changePasswordAction = defineAction(changePasswordInput, 'signIn.change', async (_actor, input) => {
  await changePassword(await ownSession(), input, await visitor())
  refresh()
})
