'use server'

import { defineAction } from '#lib/http/define-action.ts'
import { confirmForward, confirmForwardInput } from '#lib/recipes/confirm-forward.ts'

export const confirmForwardAction = defineAction(confirmForwardInput, 'anyone', (_actor, input) =>
  confirmForward(input),
)
