'use server'

import { getLocale } from 'next-intl/server'
import { issueCredential, listMailboxes } from '#lib/accounts/index.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { connectionValuesFor } from '#lib/guides/connection-values.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { expiryDate, issueInput } from './issue-input.ts'
import type { Issued } from './issued-view.ts'
import { trialPlaces } from './trial-places.ts'

export const issueCredentialAction = defineAction(
  issueInput,
  'credential.issue',
  async (actor, { mailboxId, clientId, label, scopes, challengeLogins, expiry }): Promise<Issued> => {
    const client = clientId === null ? null : findClient(clientId)
    const expiresAt = expiryDate(expiry)
    const { credential, password } = await issueCredential(actor, {
      mailboxId,
      clientId: client?.id ?? null,
      label,
      scopes,
      expiresAt,
      isRecoverable: challengeLogins.length > 0,
    })
    const [locale, settings, mailboxes] = await Promise.all([
      getLocale(),
      loadConnectionSettings(),
      listMailboxes(actor),
    ])
    const mailbox = mailboxes.find(({ id }) => id === mailboxId)
    const sendingMethod = mailbox?.sendingMethod ?? 'SMTP_AUTH'
    const mailScopes = credential.scopes.filter((scope) => scope !== 'sieve')
    const question = { scopes: mailScopes, sendingMethod, settings, username: credential.username }
    const values = connectionValuesFor(credential.clientId, question)
    return {
      label: credential.label,
      address: mailbox?.address ?? '',
      username: values.find(({ id }) => id === 'userName')?.value[locale] ?? credential.username,
      password,
      client: client === null ? null : { id: client.id, name: client.name[locale] },
      values: values
        .filter(({ group }) => group !== 'login')
        .map(({ group, label: name, value, copyable }) => {
          return {
            group: group === 'receiving' ? 'receiving' : 'sending',
            label: name[locale],
            value: value[locale],
            copyable,
          }
        }),
      trial: trialPlaces(credential.scopes, sendingMethod),
    }
  },
)
