'use server'

import { z } from 'zod'
import { issueCheckCode } from '#lib/doctor/check-codes.ts'
import { rememberCheckCode } from '#lib/http/check-cookie.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'

export const issueCheckCodeAction = defineAction(z.object({}), 'anyone', async () => {
  const given = await issueCheckCode((await visitor()).address)
  await rememberCheckCode(given)
  return given
})
