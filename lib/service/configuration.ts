/** Everything that the environment says about this start, read before anything is touched. */
import { readDataDirectoryEnv } from '#lib/env/data-directory.ts'
import { readConfiguredDatabase } from '#lib/env/database.ts'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import { readMtaStsEnv } from '#lib/env/mta-sts.ts'
import { type PortsEnv, readPortsEnv } from '#lib/env/ports.ts'
import { readProfileSigningEnv } from '#lib/env/profile-signing.ts'
import { EnvironmentError } from '#lib/env/read-environment.ts'
import { readRelayEnv } from '#lib/env/relay.ts'
import { readServiceEnv } from '#lib/env/service.ts'
import { readSiteEnv, type SiteEnv } from '#lib/env/site.ts'
import { readTlsEnv, type TlsEnv } from '#lib/env/tls.ts'
import { readWebEnv } from '#lib/env/web.ts'
import { type Ports, portEnvironment } from './listening-ports.ts'

export type ServiceConfiguration = {
  readonly environment: NodeJS.ProcessEnv
  readonly dataDirectory: string
  /** null: the embedded database */
  readonly databaseUrl: string | null
  readonly runsPortal: boolean
  readonly runsEngine: boolean
  readonly engineWorkers: number
  readonly wantsDemo: boolean
  readonly site: SiteEnv
  readonly ports: PortsEnv
  readonly tls: TlsEnv
  portalUrl(ports: Ports): string
}

/** @throws EnvironmentError at the first unreadable value */
export function readConfiguration(environment: NodeJS.ProcessEnv): ServiceConfiguration {
  const { role, engineWorkers, wantsDemo } = readServiceEnv(environment)
  const databaseUrl = readConfiguredDatabase(environment)?.url ?? null
  if (role !== 'all' && databaseUrl === null) {
    throw new EnvironmentError(
      'DATABASE_URL',
      `must be set with ROLE=${role}: the embedded database serves one machine only`,
    )
  }
  readGuidePortsEnv(environment)
  readRelayEnv(environment)
  readMtaStsEnv(environment)
  readProfileSigningEnv(environment)
  readWebEnv(environment)
  return {
    environment,
    databaseUrl,
    engineWorkers,
    wantsDemo,
    dataDirectory: readDataDirectoryEnv(environment).path,
    runsPortal: role !== 'engine',
    runsEngine: role !== 'web',
    site: readSiteEnv(environment),
    ports: readPortsEnv(environment),
    tls: readTlsEnv(environment),
    portalUrl: (ports) => readWebEnv({ ...environment, ...portEnvironment(ports) }).portalUrl,
  }
}
