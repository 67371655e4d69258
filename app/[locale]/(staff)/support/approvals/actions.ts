'use server'

import { refresh } from 'next/cache'
import { decideApproval, decideApprovalInput } from '#lib/approvals/decide-approval.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const decideApprovalAction = defineAction(decideApprovalInput, 'approval.decide', async (actor, input) => {
  await decideApproval(actor, input)
  refresh()
})
