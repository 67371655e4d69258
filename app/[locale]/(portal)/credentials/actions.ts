'use server'

import { refresh } from 'next/cache'
import { renameCredential, renameCredentialInput, revokeCredential } from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'

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
