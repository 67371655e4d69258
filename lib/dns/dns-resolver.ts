/** A resolver with a time limit, asking the operator's name server or the system's. */
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

export type DnsServer = { readonly host: string; readonly port: number }

/** @param server null for the system's own */
export function openDnsResolver(server: DnsServer | null, timeoutMs: number, tries: number): Resolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries })
  if (server) {
    const host = isIP(server.host) === 6 ? `[${server.host}]` : server.host
    resolver.setServers([`${host}:${server.port}`])
  }
  return resolver
}
