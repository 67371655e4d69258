'use server'

import { refresh } from 'next/cache'
import { decideApproval, decideApprovalInput } from '#lib/approvals/decide-approval.ts'
import { doApproved, doApprovedInput } from '#lib/approved-deeds/do-approved.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'

export const decideApprovalAction = defineAction(decideApprovalInput, 'approval.decide', async (actor, input) => {
  await decideApproval(actor, input)
  refresh()
})

export const doApprovedAction = defineAction(doApprovedInput, 'approval.use', async (_actor, input) => {
  await doApproved(await ownSession(), input)
  refresh()
})
