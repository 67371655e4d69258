'use server'

import { refresh } from 'next/cache'
import { defineAction } from '#lib/http/define-action.ts'
import { ownSession } from '#lib/http/own-session.ts'
import { changeStaffRole, changeStaffRoleInput, endStaff, endStaffInput } from '#lib/staff/change-staff.ts'
import {
  inviteStaff,
  inviteStaffInput,
  withdrawStaffInvitation,
  withdrawStaffInvitationInput,
} from '#lib/staff/invite-staff.ts'

export const inviteStaffAction = defineAction(inviteStaffInput, 'staff.change', async (_actor, input) => {
  const outcome = await inviteStaff(await ownSession(), input)
  refresh()
  return outcome
})

export const withdrawStaffInvitationAction = defineAction(
  withdrawStaffInvitationInput,
  'staff.change',
  async (actor, input) => {
    await withdrawStaffInvitation(actor, input)
    refresh()
  },
)

export const changeStaffRoleAction = defineAction(changeStaffRoleInput, 'staff.change', async (_actor, input) => {
  const outcome = await changeStaffRole(await ownSession(), input)
  refresh()
  return outcome
})

export const endStaffAction = defineAction(endStaffInput, 'staff.change', async (_actor, input) => {
  await endStaff(await ownSession(), input)
  refresh()
})
