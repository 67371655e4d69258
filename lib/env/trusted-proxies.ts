/** Whose X-Forwarded-For the portal believes: the reverse proxies in front of it, as addresses or networks. */
import { z } from 'zod'
import { includesAddress, isNetwork } from '#lib/mail/network-list.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const problem = 'must be addresses or networks such as 192.0.2.1 or 10.0.0.0/8, separated by commas'

const schema = z.object({
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((entries) => entries.every(isNetwork), problem)
    .default([]),
})

export type TrustedProxies = { includes(address: string): boolean }

export function readTrustedProxies(environment: Environment): TrustedProxies {
  const networks = readEnvironment(schema, environment).TRUSTED_PROXIES
  return { includes: (address) => includesAddress(networks, address) }
}

export const trustedProxies = oncePerProcess(readTrustedProxies)
