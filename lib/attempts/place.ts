/**
 * Where an attempt comes from, and what counts as near it. An IPv4 address has its /24 around it; an IPv6 address has
 * its /64 (a household, whose devices change addresses at will) and its /48 (a site). An IPv4-mapped address is IPv4.
 */
import ipaddr from 'ipaddr.js'

/** The addresses from `first` to `last`. */
export type Range = { readonly first: string; readonly last: string }

export type Place = {
  readonly address: string
  readonly isIpv6: boolean
  /** what one subscriber has: the IPv4 address, the IPv6 /64 */
  readonly origin: string
  /** IPv4 /24 or IPv6 /64; a device is known in its whole network */
  readonly network: Range
  readonly networkName: string
  /** IPv6 /48; for IPv4 the network once more */
  readonly site: Range
}

export function placeOf(text: string): Place {
  const parsed = ipaddr.process(text)
  const address = parsed.toString()
  if (parsed.kind() === 'ipv4') {
    const cidr = `${address}/24`
    const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()
    const network = { first, last: ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString() }
    return { address, isIpv6: false, origin: address, network, networkName: `${first}/24`, site: network }
  }
  const network = ipv6Range(`${address}/64`)
  const networkName = `${network.first}/64`
  return { address, isIpv6: true, origin: networkName, network, networkName, site: ipv6Range(`${address}/48`) }
}

function ipv6Range(cidr: string): Range {
  return {
    first: ipaddr.IPv6.networkAddressFromCIDR(cidr).toString(),
    last: ipaddr.IPv6.broadcastAddressFromCIDR(cidr).toString(),
  }
}
