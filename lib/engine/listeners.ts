/** The listeners of the engine: where each one listens and what TLS means on it. */
import type { PortsEnv } from '#lib/env/ports.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import type { ListenerSettings } from './runtime/connection.ts'

type Nature = Pick<ListenerSettings, 'protocol' | 'tls'>

const natures: Readonly<Record<ListenerName, Nature>> = {
  mx: { protocol: 'smtp', tls: 'starttls' },
  smtp: { protocol: 'smtp', tls: 'starttls' },
  submission: { protocol: 'smtp', tls: 'starttls' },
  submissions: { protocol: 'smtp', tls: 'implicit' },
  submissionLegacy: { protocol: 'smtp', tls: 'starttls' },
  pop3: { protocol: 'pop3', tls: 'starttls' },
  pop3s: { protocol: 'pop3', tls: 'implicit' },
  imap: { protocol: 'imap', tls: 'starttls' },
  imaps: { protocol: 'imap', tls: 'implicit' },
  managesieve: { protocol: 'managesieve', tls: 'starttls' },
}

export function listenerSettings(ports: PortsEnv): ListenerSettings[] {
  return (Object.keys(natures) as ListenerName[]).map((name) => ({
    name,
    host: ports.bindAddress,
    port: ports[name],
    ...natures[name],
  }))
}

/** The name under which a listener greets: that of the host whose part it plays. */
export function hostNameOf(name: ListenerName, { hosts }: SiteEnv): string {
  if (name === 'mx') return hosts.old
  if (name === 'smtp') return hosts.smtp
  return natures[name].protocol === 'smtp' ? hosts.smtpa : hosts.pop
}
