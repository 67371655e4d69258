/** How mail leaves: straight to the recipients' MX hosts, or through one smart host. */
import { z } from 'zod'
import { hostAndPort, hostName } from './fields.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'
import { readSiteEnv } from './site.ts'

const smartHostTls = ['none', 'opportunistic', 'required'] as const

const schema = z.object({
  SMART_HOST: hostAndPort.optional(),
  SMART_HOST_TLS: z.enum(smartHostTls, `must be one of ${smartHostTls.join(', ')}`).default('opportunistic'),
  HELO_NAME: hostName.optional(),
  RESOLVER: hostAndPort.optional(),
})

export type RelayEnv = {
  readonly smartHost: {
    readonly host: string
    readonly port: number
    readonly tls: (typeof smartHostTls)[number]
  } | null
  readonly heloName: string
  /** a DNS server instead of the system's */
  readonly resolver: { readonly host: string; readonly port: number } | null
}

export function readRelayEnv(environment: Environment): RelayEnv {
  const { SMART_HOST, SMART_HOST_TLS, HELO_NAME, RESOLVER } = readEnvironment(schema, environment)
  return {
    smartHost: SMART_HOST ? { ...SMART_HOST, tls: SMART_HOST_TLS } : null,
    heloName: HELO_NAME ?? readSiteEnv(environment).hosts.smtpa,
    resolver: RESOLVER ?? null,
  }
}

export const relayEnv = oncePerProcess(readRelayEnv)
