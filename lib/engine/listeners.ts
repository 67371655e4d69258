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

/** @param oldHostAddress where the old host has an address of its own, its doors are opened there too */
export function listenerSettings(ports: PortsEnv, oldHostAddress: string | null): ListenerSettings[] {
  const names = Object.keys(natures) as ListenerName[]
  const at = (host: string, isOldHost: boolean) => (name: ListenerName) => ({
    ...{ name, host, isOldHost, port: ports[name] },
    ...natures[name],
  })
  const current = names.map(at(ports.bindAddress, false))
  if (oldHostAddress === null) return current
  // Both smtp and mx are port 25 of a host of their own: with an address for each, both can be.
  const isShared = ports.mx !== 0 && ports.mx === ports.smtp
  return [
    ...current.filter(({ name }) => name !== 'mx' || !isShared),
    ...names.filter((name) => name !== 'smtp' || !isShared).map(at(oldHostAddress, true)),
  ]
}

/** The name under which a listener greets: that of the host whose part it plays. */
export function hostNameOf(name: ListenerName, { hosts }: SiteEnv): string {
  if (name === 'mx') return hosts.old
  if (name === 'smtp') return hosts.smtp
  return natures[name].protocol === 'smtp' ? hosts.smtpa : hosts.pop
}
