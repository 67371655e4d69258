/**
 * What mail programs are told: the services that they can really reach and log in to. Made from the same record as the
 * guides and from the policy that the engine obeys, so a listener that is switched off, or whose mechanisms take no
 * password as mail programs send it, is in none of the answers.
 */
import type { SiteEnv } from '#lib/env/site.ts'
import type { ConnectionSettings, Endpoint } from '#lib/guides/connection-settings.ts'
import type { LoginListenerName, PolicyDocument } from '#lib/policy/schema.ts'

export type MailProtocol = 'imap' | 'pop' | 'submission'

export type MailService = {
  readonly protocol: MailProtocol
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls'
}

export type MailServices = {
  /** whose services: an origin that people can open */
  readonly portalUrl: string
  readonly domain: string
  /** every domain whose addresses these services are for; `domain` is the first */
  readonly domains: readonly string[]
  readonly name: SiteEnv['name']
  readonly company: SiteEnv['company']
  /** best first: IMAP before POP, TLS from the first byte before STARTTLS */
  readonly offered: readonly MailService[]
}

export function mailServices(
  site: Pick<SiteEnv, 'domain' | 'hostedDomains' | 'name' | 'company'>,
  portalUrl: string,
  settings: ConnectionSettings,
  { listeners }: Pick<PolicyDocument, 'listeners'>,
): MailServices {
  const offer = (listener: LoginListenerName, protocol: MailProtocol, endpoint: Endpoint): MailService[] => {
    const { host, port, security } = endpoint
    if (security === 'none' || !takesPasswords(listeners[listener], protocol)) return []
    return [{ protocol, host, port, security }]
  }
  const { domain, hostedDomains, name, company } = site
  return {
    portalUrl,
    domain,
    domains: [domain, ...hostedDomains.filter((hosted) => hosted !== domain)],
    name,
    company,
    offered: [
      ...offer('imaps', 'imap', settings.incoming.imap),
      ...offer('imap', 'imap', settings.incomingStartTls.imap),
      ...offer('pop3s', 'pop', settings.incoming.pop),
      ...offer('pop3', 'pop', settings.incomingStartTls.pop),
      ...offer('submissions', 'submission', settings.submission),
      ...offer('submission', 'submission', settings.submissionStartTls),
    ],
  }
}

/** In IMAP and POP3 the plain commands count as PLAIN; for sending, mail programs know either of the two. */
function takesPasswords(listener: PolicyDocument['listeners'][LoginListenerName], protocol: MailProtocol): boolean {
  const { enabled, mechanisms } = listener
  if (!enabled) return false
  return mechanisms.includes('PLAIN') || (protocol === 'submission' && mechanisms.includes('LOGIN'))
}

export function servicesOf(services: MailServices, protocol: MailProtocol): readonly MailService[] {
  return services.offered.filter((service) => service.protocol === protocol)
}

export function bestServiceOf(services: MailServices, protocol: MailProtocol): MailService | null {
  return servicesOf(services, protocol)[0] ?? null
}

/** Whether somebody could receive and send with what is offered. */
export function isComplete(services: MailServices): boolean {
  const has = (protocol: MailProtocol) => bestServiceOf(services, protocol) !== null
  return (has('imap') || has('pop')) && has('submission')
}
