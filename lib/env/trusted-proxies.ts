/** Whose X-Forwarded-For the portal believes: the reverse proxies in front of it, as addresses or networks. */
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const problem = 'must be addresses or networks such as 192.0.2.1 or 10.0.0.0/8, separated by commas'

const schema = z.object({
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((entries) => entries.every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)), problem)
    .default([]),
})

export type TrustedProxies = { includes(address: string): boolean }

export function readTrustedProxies(environment: Environment): TrustedProxies {
  const networks = readEnvironment(schema, environment).TRUSTED_PROXIES.map(networkOf)
  return {
    includes(address) {
      if (!ipaddr.isValid(address)) return false
      const parsed = ipaddr.process(address)
      return networks.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits))
    },
  }
}

function networkOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  const address = ipaddr.process(entry)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

export const trustedProxies = oncePerProcess(readTrustedProxies)
