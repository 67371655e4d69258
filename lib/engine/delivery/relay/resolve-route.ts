/**
 * Which hosts take mail for a domain (RFC 5321 §5.1): its MX hosts in order of preference, or the domain itself when it
 * has none; a null MX (RFC 7505) takes no mail at all. With a smart host everything goes there.
 *
 * Refuses: a route that leads back to this site (§5.1: hosts of our own preference and worse are discarded; when none
 * is left it is a loop), and addresses that no mail host for strangers can have (loopback, private, link-local …), so
 * that nobody reaches the site's inner network by writing to a domain whose MX points there.
 */
import { isIP } from 'node:net'
import { type MailExchanger, type MailResolver, NoSuchRecord } from './mail-resolver.ts'
import type { HostLogin, SessionTarget, TlsMode } from './session-target.ts'

export type Unroutable = {
  readonly isPermanent: boolean
  readonly code: number
  readonly enhanced: string
  readonly text: string
}

export type Route =
  | { readonly kind: 'hosts'; readonly targets: readonly SessionTarget[] }
  | { readonly kind: 'unroutable'; readonly fault: Unroutable }

export type RouteSettings = {
  readonly resolver: MailResolver
  readonly smartHost: {
    readonly host: string
    readonly port: number
    readonly tls: TlsMode
    readonly login: HostLogin | null
  } | null
  /** 25 but in tests */
  readonly mxPort: number
  /** lower case; MX records that name one of these lead to ourselves */
  readonly ownHostNames: ReadonlySet<string>
  /** an address that this machine has */
  readonly isOwnAddress: (address: string) => boolean
  /** may mail be sent to this address at all? Only tests answer otherwise than isPublicAddress */
  readonly mayConnectTo: (address: string) => boolean
}

const MAX_HOSTS = 5
const MAX_ADDRESSES_PER_HOST = 2

const fault = (isPermanent: boolean, code: number, enhanced: string, text: string): Route => ({
  kind: 'unroutable',
  fault: { isPermanent, code, enhanced, text },
})

const leadsBack = (domain: string) => fault(true, 554, '5.4.6', `The mail for ${domain} leads back to this server`)

export async function resolveRoute(domain: string, settings: RouteSettings): Promise<Route> {
  const { smartHost, resolver } = settings
  try {
    if (smartHost) {
      const addresses = isIP(smartHost.host) ? [smartHost.host] : await resolver.configuredHost(smartHost.host)
      return {
        kind: 'hosts',
        targets: addresses.map((address) => ({
          hostName: smartHost.host,
          address,
          port: smartHost.port,
          tls: smartHost.tls,
          login: smartHost.login,
        })),
      }
    }
    if (domain.startsWith('['))
      return toTargets(domain, [{ name: domain, addresses: [literalAddress(domain)] }], settings)
    return await resolveExchangers(domain, settings)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return fault(false, 451, '4.4.3', `The name service did not answer for ${domain} (${reason})`)
  }
}

/** "[192.0.2.1]" or "[IPv6:2001:db8::1]" (RFC 5321 §4.1.3) */
function literalAddress(domain: string): string {
  return domain.slice(1, -1).replace(/^IPv6:/i, '')
}

async function resolveExchangers(domain: string, settings: RouteSettings): Promise<Route> {
  const exchangers = await exchangersOf(domain, settings.resolver)
  if (exchangers.some(({ exchange }) => exchange === '' || exchange === '.')) {
    return fault(true, 556, '5.1.10', `${domain} does not accept mail (null MX)`)
  }
  const ordered = inOrderOfPreference(exchangers)
  const own = ordered.find(({ exchange }) => settings.ownHostNames.has(exchange.toLowerCase()))
  const usable = own ? ordered.filter(({ priority }) => priority < own.priority) : ordered
  if (usable.length === 0) return leadsBack(domain)

  const hosts: Host[] = []
  let unanswered: unknown
  for (const { exchange } of usable.slice(0, MAX_HOSTS)) {
    try {
      hosts.push({ name: exchange, addresses: await settings.resolver.addresses(exchange) })
    } catch (error) {
      if (!(error instanceof NoSuchRecord)) unanswered = error
    }
  }
  if (hosts.length > 0) return toTargets(domain, hosts, settings)
  if (unanswered) throw unanswered
  const hasNoServer = exchangers.some(({ isImplicit }) => isImplicit)
  return hasNoServer
    ? fault(true, 550, '5.1.2', `The domain ${domain} does not exist or takes no mail`)
    : fault(false, 451, '4.4.4', `None of the mail hosts of ${domain} has an address`)
}

/** RFC 5321 §5.1: without an MX record the domain itself is its mail host ("implicit MX"). */
async function exchangersOf(
  domain: string,
  resolver: MailResolver,
): Promise<readonly (MailExchanger & { isImplicit: boolean })[]> {
  try {
    const found = await resolver.mailExchangers(domain)
    if (found.length > 0) return found.map((exchanger) => ({ ...exchanger, isImplicit: false }))
  } catch (error) {
    if (!(error instanceof NoSuchRecord)) throw error
  }
  return [{ exchange: domain, priority: 0, isImplicit: true }]
}

/** Hosts of the same preference in random order, to spread the load (§5.1). */
function inOrderOfPreference<Exchanger extends MailExchanger>(exchangers: readonly Exchanger[]): Exchanger[] {
  return exchangers
    .map((exchanger) => ({ exchanger, shuffle: Math.random() }))
    .sort((one, other) => one.exchanger.priority - other.exchanger.priority || one.shuffle - other.shuffle)
    .map(({ exchanger }) => exchanger)
}

type Host = { readonly name: string; readonly addresses: readonly string[] }

function toTargets(domain: string, hosts: readonly Host[], settings: RouteSettings): Route {
  const targets = hosts.flatMap(({ name, addresses }) =>
    addresses
      .filter(settings.mayConnectTo)
      .slice(0, MAX_ADDRESSES_PER_HOST)
      .map((address) => ({
        hostName: name,
        address,
        port: settings.mxPort,
        tls: 'opportunistic' as const,
        login: null,
      })),
  )
  if (targets.length > 0) return { kind: 'hosts', targets }
  if (hosts.some(({ addresses }) => addresses.some(settings.isOwnAddress))) return leadsBack(domain)
  return fault(true, 554, '5.4.4', 'The mail hosts of this domain have no public address')
}
