'use server'

import { issueCredential, listMailboxes } from '#lib/accounts/index.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { expiryDate, issueInput } from './issue-input.ts'
import type { Issued } from './issued-view.ts'
import { showIssued } from './show-issued.ts'

export const issueCredentialAction = defineAction(
  issueInput,
  'credential.issue',
  async (actor, { mailboxId, clientId, label, scopes, challengeLogins, expiry }): Promise<Issued> => {
    const client = clientId === null ? null : findClient(clientId)
    const issued = await issueCredential(actor, {
      mailboxId,
      clientId: client?.id ?? null,
      label,
      scopes,
      expiresAt: expiryDate(expiry),
      isRecoverable: challengeLogins.length > 0,
    })
    const mailboxes = await listMailboxes(actor)
    const mailbox = mailboxes.find(({ id }) => id === mailboxId) ?? { address: '', sendingMethod: 'SMTP_AUTH' as const }
    return showIssued({ ...issued, mailbox })
  },
)
