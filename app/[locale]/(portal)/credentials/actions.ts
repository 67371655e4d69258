'use server'

import { refresh } from 'next/cache'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { renameCredential, renameCredentialInput, revokeCredential } from '#lib/accounts/index.ts'
import { webEnv } from '#lib/env/web.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { getPathname } from '#lib/i18n/navigation.ts'
import { endInheritedReading, endInheritedReadingInput } from '#lib/inherited-passwords/own-password.ts'
import {
  inviteHelper,
  inviteHelperInput,
  withdrawInvitation,
  withdrawInvitationInput,
} from '#lib/set-up-code/invite-helper.ts'
import type { ShownInvitation } from './shown-invitation.ts'

export const renameCredentialAction = defineAction(
  renameCredentialInput,
  'credential.rename',
  async (actor, { credentialId, label }) => {
    await renameCredential(actor, { credentialId, label })
    refresh()
  },
)

const revokeInput = renameCredentialInput.pick({ credentialId: true })

export const revokeCredentialAction = defineAction(
  revokeInput,
  'credential.revoke',
  async (actor, { credentialId }) => {
    await revokeCredential(actor, { credentialId })
    refresh()
  },
)

const mailboxId = z.coerce.number().int().positive()

export const endInheritedReadingAction = defineAction(
  endInheritedReadingInput.extend({ mailboxId }),
  'credential.revoke',
  async (actor, input) => {
    await endInheritedReading(actor, input)
    refresh()
  },
)

export const inviteHelperAction = defineAction(
  inviteHelperInput.extend({ mailboxId }),
  'helper.invite',
  async (actor, input): Promise<ShownInvitation> => {
    const { address, groups, token } = await inviteHelper(actor, input)
    const path = getPathname({ href: `/setup/${token}`, locale: await getLocale() })
    refresh()
    return { address, groups, url: `${webEnv().portalUrl}${path}` }
  },
)

export const withdrawInvitationAction = defineAction(
  withdrawInvitationInput.extend({ mailboxId }),
  'helper.invite',
  async (actor, input) => {
    await withdrawInvitation(actor, input)
    refresh()
  },
)
