/**
 * The one record of hosts, ports and methods. Guides, the portal and auto-configuration read it, and it is made from
 * the configuration and the policy that the engine itself obeys: what a page says can never differ from what happens.
 */
import type { GuidePortsEnv } from '#lib/env/guide-ports.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'

/** `tls`: encrypted from the first byte (RFC 8314 §3). `starttls`: turned on after connecting (RFC 3207). */
export type Security = 'tls' | 'starttls' | 'none'

export type Endpoint = { readonly host: string; readonly port: number; readonly security: Security }

export type Receiving = 'pop' | 'imap'

export type ConnectionSettings = {
  readonly domain: string
  readonly hosts: SiteEnv['hosts']
  readonly incoming: Readonly<Record<Receiving, Endpoint>>
  /** the same services with STARTTLS, for clients that prefer it */
  readonly incomingStartTls: Readonly<Record<Receiving, Endpoint>>
  readonly submission: Endpoint
  readonly submissionStartTls: Endpoint
  readonly popBeforeSmtp: Endpoint & { readonly enabled: boolean; readonly windowSeconds: number }
  /** Logins without encryption, for clients that know no TLS of today; null where the policy refuses them. */
  readonly unencrypted: Readonly<Record<Receiving | 'submission', Endpoint | null>>
  readonly limits: {
    readonly maxMessageBytes: number
    readonly maxRecipientsPerMessage: number
    readonly maxRecipientsPerHour: number
    readonly maxRecipientsPerDay: number
  }
}

export function connectionSettings(
  site: Pick<SiteEnv, 'domain' | 'hosts'>,
  ports: GuidePortsEnv,
  policy: PolicyDocument,
): ConnectionSettings {
  const { pop, smtp, smtpa } = site.hosts
  const { listeners, popBeforeSmtp, submission } = policy
  const plain = (listener: 'pop3' | 'imap' | 'submissionLegacy', host: string): Endpoint | null => {
    const { enabled, requireTls } = listeners[listener]
    return enabled && !requireTls ? { host, port: ports[listener], security: 'none' } : null
  }
  return {
    domain: site.domain,
    hosts: site.hosts,
    incoming: {
      pop: { host: pop, port: ports.pop3s, security: 'tls' },
      imap: { host: pop, port: ports.imaps, security: 'tls' },
    },
    incomingStartTls: {
      pop: { host: pop, port: ports.pop3, security: 'starttls' },
      imap: { host: pop, port: ports.imap, security: 'starttls' },
    },
    submission: { host: smtpa, port: ports.submissions, security: 'tls' },
    submissionStartTls: { host: smtpa, port: ports.submission, security: 'starttls' },
    popBeforeSmtp: {
      host: smtp,
      port: ports.smtp,
      security: 'none',
      enabled: popBeforeSmtp.enabled && listeners.smtp.enabled,
      windowSeconds: popBeforeSmtp.windowSeconds,
    },
    unencrypted: {
      pop: plain('pop3', pop),
      imap: plain('imap', pop),
      submission: plain('submissionLegacy', smtpa),
    },
    limits: submission.limits,
  }
}

export function windowMinutes(settings: ConnectionSettings): number {
  return Math.floor(settings.popBeforeSmtp.windowSeconds / 60)
}
