/** On a trial machine everything listens on loopback, on ports of its own. */
import type { CredentialScope, SendingMethod } from '#lib/accounts/index.ts'
import { portsEnv } from '#lib/env/ports.ts'
import { isLoopbackUrl, webEnv } from '#lib/env/web.ts'
import type { TrialPlace } from './issued-view.ts'

export function trialPlaces(scopes: readonly CredentialScope[], sendingMethod: SendingMethod): TrialPlace[] {
  if (!isLoopbackUrl(webEnv().portalUrl)) return []
  const { bindAddress: host, pop3s, imaps, submissions, smtp } = portsEnv()
  const usesAuth = sendingMethod === 'SMTP_AUTH'
  const places: (TrialPlace | false)[] = [
    scopes.includes('pop') && { service: 'pop', host, port: pop3s, security: 'SSL/TLS' },
    scopes.includes('imap') && { service: 'imap', host, port: imaps, security: 'SSL/TLS' },
    usesAuth && scopes.includes('submission') && { service: 'smtpAuth', host, port: submissions, security: 'SSL/TLS' },
    !usesAuth && { service: 'popBeforeSmtp', host, port: smtp, security: 'none' },
  ]
  return places.filter((place) => place !== false)
}
