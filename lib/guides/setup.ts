/** One person's set-up of one client: what to choose, and the value that goes into every field. */
import { type Bilingual, same } from './bilingual.ts'
import type { Client } from './client.ts'
import type { ConnectionSettings, Receiving, Security } from './connection-settings.ts'
import type { SlotName } from './dialog.ts'
import { type Endpoints, endpointsFor, receivingsOf, recommendedMethod } from './methods.ts'
import type { SendingMethod } from './warnings.ts'

/** Whose values the page shows; null where the reader is not signed in. Never a password. */
export type Person = {
  readonly address: string
  readonly name: string
  /** the user name of the credential made for this client; null while there is none */
  readonly username: string | null
}

export type SlotValue = {
  readonly text: Bilingual
  /** true when it is typed exactly as shown; false for words such as "your password" */
  readonly literal: boolean
}

export type Setup = {
  readonly client: Client
  readonly settings: ConnectionSettings
  readonly method: SendingMethod
  readonly receiving: Receiving
  readonly endpoints: Endpoints
  readonly values: Readonly<Record<SlotName, SlotValue>>
}

export type SetupChoice = { readonly method?: SendingMethod; readonly receiving?: Receiving }

export function setupOf(
  client: Client,
  settings: ConnectionSettings,
  choice: SetupChoice = {},
  person: Person | null = null,
): Setup {
  const method = choice.method ?? recommendedMethod(client)
  const possible = receivingsOf(client, method)
  const receiving = choice.receiving && possible.includes(choice.receiving) ? choice.receiving : (possible[0] ?? 'pop')
  const endpoints = endpointsFor(client, settings, { method, receiving })
  return { client, settings, method, receiving, endpoints, values: slotValues(client, settings, endpoints, person) }
}

const literal = (text: string): SlotValue => ({ text: same(text), literal: true })
const words = (ja: string, en: string): SlotValue => ({ text: { ja, en }, literal: false })

function slotValues(
  client: Client,
  settings: ConnectionSettings,
  { incoming, outgoing }: Endpoints,
  person: Person | null,
): Setup['values'] {
  return {
    incomingHost: literal(incoming.host),
    incomingPort: literal(String(incoming.port)),
    outgoingHost: literal(outgoing.host),
    outgoingPort: literal(String(outgoing.port)),
    userName: userNameFor(client, settings, person?.username ?? null),
    password: words('発行されたメール用パスワード', 'the mail password that you were given'),
    address: person ? literal(person.address) : words('あなたのメールアドレス', 'your mail address'),
    personName: person ? literal(person.name) : words('あなたのお名前', 'your name'),
  }
}

/** The user name in the form that this client needs: alone, as an address (※1), or with the POP host (PostPet). */
export function userNameFor(client: Client, settings: ConnectionSettings, username: string | null): SlotValue {
  const suffix = userNameSuffix(client, settings)
  if (username !== null) return literal(username + suffix)
  return words(
    `発行されたユーザー名${suffix}`,
    suffix === '' ? 'the user name that you were given' : `given-user-name${suffix}`,
  )
}

function userNameSuffix(client: Client, settings: ConnectionSettings): string {
  if (client.userNameForm.value === 'mail-address') return `@${settings.domain}`
  if (client.userNameForm.value === 'name-at-pop-host') return `@${settings.hosts.pop}`
  return ''
}

export const securityNames: Readonly<Record<Security, Bilingual>> = {
  tls: same('SSL/TLS'),
  starttls: same('STARTTLS'),
  none: { ja: 'なし', en: 'None' },
}

export const receivingNames: Readonly<Record<Receiving, string>> = { pop: 'POP', imap: 'IMAP' }
