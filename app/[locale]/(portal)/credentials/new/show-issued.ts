/** A credential that was just issued, with its password and the values for its client, in the reader's language. */
import { getLocale } from 'next-intl/server'
import type { CredentialView, SendingMethod } from '#lib/accounts/index.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { connectionValuesFor } from '#lib/guides/connection-values.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import type { Issued } from './issued-view.ts'
import { trialPlaces } from './trial-places.ts'

type JustIssued = {
  readonly credential: CredentialView
  readonly password: string
  readonly mailbox: { readonly address: string; readonly sendingMethod: SendingMethod }
}

export async function showIssued({ credential, password, mailbox }: JustIssued): Promise<Issued> {
  const [locale, settings] = await Promise.all([getLocale(), loadConnectionSettings()])
  const { label, clientId, username, scopes } = credential
  const { address, sendingMethod } = mailbox
  const client = clientId === null ? null : findClient(clientId)
  const mailScopes = scopes.filter((scope) => scope !== 'sieve')
  const values = connectionValuesFor(clientId, { scopes: mailScopes, sendingMethod, settings, username })
  return {
    label,
    address,
    username: values.find(({ id }) => id === 'userName')?.value[locale] ?? username,
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
    trial: trialPlaces(scopes, sendingMethod),
  }
}
