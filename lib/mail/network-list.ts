/** Networks as people write them: single addresses and CIDR blocks, of both families. */
import ipaddr from 'ipaddr.js'

export type NetworkList = {
  /** @param address IPv4 or IPv6, IPv4-mapped too; what is no address is in no network */
  includes(address: string): boolean
}

/** A list of the policy is asked for every connection and parsed once. */
const known = new WeakMap<readonly string[], NetworkList>()

/** @param networks such as "192.0.2.1" or "10.0.0.0/8"; not to be changed afterwards */
export function networkList(networks: readonly string[]): NetworkList {
  const list = known.get(networks) ?? parseList(networks)
  known.set(networks, list)
  return list
}

function parseList(networks: readonly string[]): NetworkList {
  const parsed = networks.map(networkOf)
  return {
    includes(text) {
      if (!ipaddr.isValid(text)) return false
      const address = ipaddr.process(text)
      return parsed.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
    },
  }
}

export function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

/** What is out in the world: nothing of a network's own, of this machine, or of a way to smuggle such an address. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

function networkOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
