/** Who is at the other end, when there may be reverse proxies in between. */
import type { NetworkList } from '#lib/mail/network-list.ts'

/**
 * Walks from the connection outwards through proxies that we trust; the first address that none of them vouches
 * against is the visitor's. Whatever a visitor wrote into the header lies further out and is never reached.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: NetworkList): string {
  const hops = [...(forwardedFor ?? '').split(',').map((hop) => hop.trim()), peer].filter(Boolean).map(plainAddress)
  while (hops.length > 1 && proxies.includes(hops.at(-1) ?? '')) hops.pop()
  return hops.at(-1) ?? peer
}

/** Set by our own server on a request that reached the outermost of our proxies without TLS. */
export const inClearHeader = 'x-portal-in-clear'

/** Only a proxy that we trust can say so; a site without one, or whose proxy says nothing, is not second-guessed. */
export function cameInClear(peer: string, forwardedProto: string | undefined, proxies: NetworkList): boolean {
  if (!proxies.includes(plainAddress(peer))) return false
  return forwardedProto?.split(',').at(-1)?.trim().toLowerCase() === 'http'
}

/** ::ffff:192.0.2.1 is 192.0.2.1. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
