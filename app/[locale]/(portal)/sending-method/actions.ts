'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { chooseSendingMethod, type SendingMethod } from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'

const input = z.object({
  mailboxId: z.coerce.number().int().positive(),
  method: z.enum(['SMTP_AUTH', 'POP_BEFORE_SMTP']),
})

export const chooseSendingMethodAction = defineAction(
  input,
  'sendingMethod.choose',
  async (actor, choice): Promise<SendingMethod> => {
    const { sendingMethod } = await chooseSendingMethod(actor, choice)
    refresh()
    return sendingMethod
  },
)
