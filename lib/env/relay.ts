/** How mail leaves: straight to the recipients' MX hosts, or through one smart host. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { hostAndPort, hostName } from './fields.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'
import { readSiteEnv } from './site.ts'

const smartHostTls = ['none', 'opportunistic', 'required'] as const

const schema = z.object({
  SMART_HOST: hostAndPort.optional(),
  SMART_HOST_TLS: z.enum(smartHostTls, `must be one of ${smartHostTls.join(', ')}`).optional(),
  SMART_HOST_USER: z.string().optional(),
  SMART_HOST_PASSWORD: z.string().optional(),
  SMART_HOST_PASSWORD_FILE: z.string().optional(),
  HELO_NAME: hostName.optional(),
  RESOLVER: hostAndPort.optional(),
})

export type RelayEnv = {
  readonly smartHost: {
    readonly host: string
    readonly port: number
    readonly tls: (typeof smartHostTls)[number]
    readonly login: { readonly user: string; readonly password: string } | null
  } | null
  readonly heloName: string
  /** a DNS server instead of the system's */
  readonly resolver: { readonly host: string; readonly port: number } | null
}

export function readRelayEnv(environment: Environment): RelayEnv {
  const given = readEnvironment(schema, environment)
  const { SMART_HOST, HELO_NAME, RESOLVER } = given
  const login = readLogin(given)
  return {
    smartHost: SMART_HOST ? { ...SMART_HOST, tls: tlsMode(given, login !== null), login } : null,
    heloName: HELO_NAME ?? readSiteEnv(environment).hosts.smtpa,
    resolver: RESOLVER ?? null,
  }
}

type Given = z.output<typeof schema>

/** A password goes only to a host that has proved by a certificate who it is. */
function tlsMode({ SMART_HOST_TLS }: Given, hasLogin: boolean): (typeof smartHostTls)[number] {
  if (!hasLogin) return SMART_HOST_TLS ?? 'opportunistic'
  if ((SMART_HOST_TLS ?? 'required') !== 'required') {
    throw new EnvironmentError('SMART_HOST_TLS', 'must be required (or unset) where SMART_HOST_USER is set')
  }
  return 'required'
}

function readLogin(given: Given): { user: string; password: string } | null {
  const { SMART_HOST_USER: user, SMART_HOST_PASSWORD, SMART_HOST_PASSWORD_FILE: file } = given
  const password = SMART_HOST_PASSWORD ?? (file === undefined ? undefined : readPasswordFile(file))
  if (user === undefined && password === undefined) return null
  if (user === undefined) throw new EnvironmentError('SMART_HOST_USER', 'must be set where there is a password')
  if (password === undefined) {
    throw new EnvironmentError('SMART_HOST_PASSWORD', 'must be set, or SMART_HOST_PASSWORD_FILE, for SMART_HOST_USER')
  }
  return { user, password }
}

function readPasswordFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new EnvironmentError('SMART_HOST_PASSWORD_FILE', `cannot read the file ${path} (${code})`)
  }
}

export const relayEnv = oncePerProcess(readRelayEnv)
