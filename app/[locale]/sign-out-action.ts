'use server'

import { z } from 'zod'
import { closeThisSession } from '#lib/auth/sign-out.ts'
import { defineFormAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'

export const signOutAction = defineFormAction(z.object({}), 'anyone', async () => {
  await closeThisSession()
  return goTo('/sign-in?signedOut=1')
})
