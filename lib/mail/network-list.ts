/** Networks as people write them: single addresses and CIDR blocks, of both families. */
import ipaddr from 'ipaddr.js'

/** @param networks such as "192.0.2.1" or "10.0.0.0/8"; @param address an IPv4 or IPv6 address, IPv4-mapped too */
export function includesAddress(networks: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return networks.map(networkOf).some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits))
}

export function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

function networkOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
