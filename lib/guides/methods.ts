/** Which ways of sending and receiving a client has, which one we recommend, and whether it can connect safely. */
import type { Client, Platform } from './client.ts'
import type { ConnectionSettings, Endpoint, Receiving } from './connection-settings.ts'
import type { SendingMethod } from './warnings.ts'

export const sendingMethods: readonly SendingMethod[] = ['smtp-auth', 'pop-before-smtp']

export function isSendingMethod(text: string): text is SendingMethod {
  return (sendingMethods as readonly string[]).includes(text)
}

/** Unknown support counts as possible: the reader's own screen decides, and the page says that we do not know. */
export function canUse(client: Client, method: SendingMethod): boolean {
  if (method === 'pop-before-smtp') {
    const ability = client.popBeforeSmtp.value
    return ability === 'automatic' || ability === 'manual'
  }
  const support = client.smtpAuth.value
  return support !== 'unsupported' && support !== 'field-without-function'
}

/** What the page of this client offers, best first. Never empty. */
export function methodsOf(client: Client): readonly SendingMethod[] {
  const usable = sendingMethods.filter((method) => canUse(client, method))
  return usable.length > 0 ? usable : ['smtp-auth']
}

export function recommendedMethod(client: Client): SendingMethod {
  return methodsOf(client)[0] ?? 'smtp-auth'
}

const COMPUTERS: readonly Platform[] = ['windows', 'macos', 'linux', 'macintosh']

/** Computers stay with the POP that their owners have used so far; telephones and webmail start with IMAP. */
export function receivingsOf(client: Client, method: SendingMethod): readonly Receiving[] {
  const pop: Receiving[] = client.pop3.value === false ? [] : ['pop']
  const imap: Receiving[] = client.imap.value === true ? ['imap'] : []
  // Only a POP login opens the window, so a reader who sends by POP before SMTP receives by POP.
  if (method === 'pop-before-smtp' && pop.length > 0) return pop
  const isOnComputers = client.platforms.some((platform) => COMPUTERS.includes(platform))
  return isOnComputers ? [...pop, ...imap] : [...imap, ...pop]
}

/** `unencrypted`: only because the operator lets old clients log in without TLS. */
export type Reachability = 'safe' | 'unencrypted' | 'no' | 'unknown'

export function reachability(client: Client, settings: ConnectionSettings, method: SendingMethod): Reachability {
  if (client.tls.value === 'current') return 'safe'
  if (client.tls.value === null) return 'unknown'
  const { pop, imap, submission } = settings.unencrypted
  const canReceive = receivingsOf(client, method).some((receiving) => (receiving === 'pop' ? pop : imap) !== null)
  const canSend = method === 'pop-before-smtp' || submission !== null
  return canReceive && canSend ? 'unencrypted' : 'no'
}

export type Endpoints = { readonly incoming: Endpoint; readonly outgoing: Endpoint }

export function endpointsFor(
  client: Client,
  settings: ConnectionSettings,
  choice: { readonly method: SendingMethod; readonly receiving: Receiving },
): Endpoints {
  const isOld = client.tls.value === 'obsolete'
  const incoming = (isOld ? settings.unencrypted[choice.receiving] : null) ?? settings.incoming[choice.receiving]
  if (choice.method === 'pop-before-smtp') return { incoming, outgoing: settings.popBeforeSmtp }
  return { incoming, outgoing: (isOld ? settings.unencrypted.submission : null) ?? settings.submission }
}
