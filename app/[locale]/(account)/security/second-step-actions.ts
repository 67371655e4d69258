'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import { beginApp, confirmApp, confirmAppInput, removeApp } from '#lib/second-step/authenticator-app.ts'
import { issueRecoveryCodes } from '#lib/second-step/recovery-codes.ts'

export const beginAppAction = defineAction(z.object({}), 'authenticatorApp.change', async () => {
  await beginApp(await ownSession())
  refresh()
})

export const confirmAppAction = defineAction(confirmAppInput, 'authenticatorApp.change', async (_actor, input) => {
  await confirmApp(await ownSession(), input)
  refresh()
})

export const removeAppAction = defineAction(z.object({}), 'authenticatorApp.change', async () => {
  await removeApp(await ownSession())
  refresh()
})

export const issueRecoveryCodesAction = defineAction(z.object({}), 'signIn.change', async () => {
  const codes = await issueRecoveryCodes(await ownSession())
  refresh()
  return codes
})
