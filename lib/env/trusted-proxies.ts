/** Whose X-Forwarded-For the portal believes: the reverse proxies in front of it, as addresses or networks. */
import { z } from 'zod'
import { isNetwork, type NetworkList, networkList } from '#lib/mail/network-list.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const problem = 'must be addresses or networks such as 192.0.2.1 or 10.0.0.0/8, separated by commas'

const schema = z.object({
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .refine((entries) => entries.every(isNetwork), problem)
    .default([]),
})

export function readTrustedProxies(environment: Environment): NetworkList {
  return networkList(readEnvironment(schema, environment).TRUSTED_PROXIES)
}

export const trustedProxies = oncePerProcess(readTrustedProxies)
