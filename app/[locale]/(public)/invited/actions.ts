'use server'

import { defineAction } from '#lib/http/define-action.ts'
import { acceptInvitation, acceptInvitationInput } from '#lib/staff/accept-invitation.ts'

export const acceptInvitationAction = defineAction(acceptInvitationInput, 'anyone', (_actor, input) =>
  acceptInvitation(input),
)
