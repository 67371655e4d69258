/** What a person types into a given client, as labelled values. */
import { type Bilingual, same } from './bilingual.ts'
import { findClient } from './catalogue.ts'
import type { ConnectionSettings, Receiving, Security } from './connection-settings.ts'
import { canUse, receivingsOf, recommendedMethod } from './methods.ts'
import { type Setup, securityNames, setupOf } from './setup.ts'
import type { SendingMethod } from './warnings.ts'

export type ConnectionValue = {
  readonly id:
    | 'incomingHost'
    | 'incomingPort'
    | 'incomingSecurity'
    | 'outgoingHost'
    | 'outgoingPort'
    | 'outgoingSecurity'
    | 'userName'
    | 'authentication'
  readonly group: 'receiving' | 'sending' | 'login'
  readonly label: Bilingual
  readonly value: Bilingual
  /** true when it is typed exactly as shown */
  readonly copyable: boolean
}

export type ConnectionQuestion = {
  readonly scopes: readonly ('submission' | 'pop' | 'imap')[]
  readonly sendingMethod: 'SMTP_AUTH' | 'POP_BEFORE_SMTP'
  readonly settings: ConnectionSettings
  readonly username: string
}

/** For a client that is not in the catalogue, the values of any client of today. */
const ANY_CLIENT = 'thunderbird'

/** For the page that has just issued a credential: only what its scopes allow. */
export function connectionValuesFor(clientId: string | null, question: ConnectionQuestion): readonly ConnectionValue[] {
  const client = findClient(clientId ?? ANY_CLIENT) ?? findClient(ANY_CLIENT)
  if (client === null) return []
  const { scopes, settings, username } = question
  const wanted: SendingMethod = question.sendingMethod === 'SMTP_AUTH' ? 'smtp-auth' : 'pop-before-smtp'
  const method = canUse(client, wanted) ? wanted : recommendedMethod(client)
  const receiving = receivingsOf(client, method).find((protocol) => scopes.includes(protocol))
  const setup = setupOf(client, settings, { method, receiving }, { address: '', name: '', username })
  const canSend = method === 'pop-before-smtp' ? scopes.includes('pop') : scopes.includes('submission')
  return setupValues(setup).filter(
    ({ group }) => group === 'login' || (group === 'receiving' ? receiving !== undefined : canSend),
  )
}

/** Everything that is typed or chosen in one set-up. */
export function setupValues({ method, receiving, endpoints, values }: Setup): readonly ConnectionValue[] {
  const { userName } = values
  return [
    ...endpointValues('receiving', receiving, endpoints.incoming),
    ...endpointValues('sending', receiving, endpoints.outgoing),
    authenticationValue(method),
    { id: 'userName', group: 'login', label: labels.userName, value: userName.text, copyable: userName.literal },
  ]
}

const labels = {
  incomingHost: {
    pop: { ja: '受信サーバー（POP）', en: 'Incoming server (POP)' },
    imap: { ja: '受信サーバー（IMAP）', en: 'Incoming server (IMAP)' },
  },
  incomingPort: { ja: '受信のポート番号', en: 'Incoming port' },
  incomingSecurity: { ja: '受信の暗号化', en: 'Incoming encryption' },
  outgoingHost: { ja: '送信サーバー（SMTP）', en: 'Outgoing server (SMTP)' },
  outgoingPort: { ja: '送信のポート番号', en: 'Outgoing port' },
  outgoingSecurity: { ja: '送信の暗号化', en: 'Outgoing encryption' },
  authentication: { ja: '送信の認証', en: 'Authentication for sending' },
  userName: { ja: 'ユーザー名', en: 'User name' },
} as const

function endpointValues(
  group: 'receiving' | 'sending',
  receiving: Receiving,
  endpoint: { host: string; port: number; security: Security },
): ConnectionValue[] {
  const side = group === 'receiving' ? 'incoming' : 'outgoing'
  const hostLabel = side === 'incoming' ? labels.incomingHost[receiving] : labels.outgoingHost
  return [
    { id: `${side}Host`, group, label: hostLabel, value: same(endpoint.host), copyable: true },
    { id: `${side}Port`, group, label: labels[`${side}Port`], value: same(String(endpoint.port)), copyable: true },
    {
      id: `${side}Security`,
      group,
      label: labels[`${side}Security`],
      value: securityNames[endpoint.security],
      copyable: false,
    },
  ]
}

function authenticationValue(method: SendingMethod): ConnectionValue {
  const value =
    method === 'smtp-auth'
      ? { ja: '通常のパスワード認証（PLAIN または LOGIN）', en: 'Normal password (PLAIN or LOGIN)' }
      : { ja: 'なし（先に受信してから送ります）', en: 'None (receive first, then send)' }
  return { id: 'authentication', group: 'sending', label: labels.authentication, value, copyable: false }
}
