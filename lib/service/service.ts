/**
 * Everything that runs on this machine, in the order in which it starts, and the reverse in which it stops: what accepts
 * mail goes first, the database last.
 *
 * A start that fails leaves nothing running. Crash points: whatever dies is brought back by itself — engine workers and
 * the portal by SupervisedProcess, the database here — and none of it takes the others down.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '#lib/db/database.ts'
import { applyMigrations } from '#lib/db/migrate.ts'
import { waitForServer } from '#lib/db/server.ts'
import { closeAllRelayWindows } from '#lib/engine/auth/relay-windows.ts'
import { embeddedUrlFile } from '#lib/env/database.ts'
import { readOldHostEnv } from '#lib/env/old-host.ts'
import { addressesOf, mailListeners, publishAddresses, withdrawAddresses } from './addresses.ts'
import { ensureCertificates } from './certificate-authority.ts'
import type { ServiceConfiguration } from './configuration.ts'
import { addressLines, demoLines } from './console-report.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.ts'
import { engineNodeOptions } from './engine-node-options.ts'
import { prepareFirstRun, publishDemoAccounts } from './first-run.ts'
import { chooseListeningPorts, type PortName, type Ports, portEnvironment } from './listening-ports.ts'
import { LogFile } from './log-file.ts'
import { ensureMasterKey } from './master-key.ts'
import { createNeighbourhood } from './neighbourhood.ts'
import { ensurePortalBuild } from './portal-build.ts'
import { ensureProfileCertificate } from './profile-certificate.ts'
import { adoptBackup } from './restored-backup.ts'
import { StartupError } from './startup-error.ts'
import { type ProcessPlan, SupervisedProcess } from './supervised-process.ts'
import { writeAtomically } from './write-atomically.ts'

const DAY_MS = 86_400_000
const DATABASE_SECONDS = 15
const ENGINE_DRAIN_SECONDS = 30
const PORTAL_DRAIN_SECONDS = 12
const PROBES_DRAIN_SECONDS = 2

/** What runs in the child processes. */
export const ourPrograms = {
  engine: join(import.meta.dirname, '../engine/main.ts'),
  portal: join(import.meta.dirname, '../http/portal-server.ts'),
  probes: join(import.meta.dirname, '../probes/main.ts'),
}

export type Service = {
  readonly processIds: readonly number[]
  stop(): Promise<void>
  /** when stopping takes too long for the person who waits */
  kill(): void
}

type Closing = () => Promise<void> | void

type Report = (line: string) => void

/** @param cancelled ends a start that is under way, and what it has started */
export async function startService(
  configuration: ServiceConfiguration,
  report: Report,
  cancelled: AbortSignal,
  programs = ourPrograms,
): Promise<Service> {
  const { dataDirectory, environment } = configuration
  const closings: Closing[] = []
  const processes: SupervisedProcess[] = []
  const stop = async () => {
    for (const close of closings.splice(0).reverse()) await close()
  }
  try {
    mkdirSync(join(dataDirectory, 'logs'), { recursive: true })
    const lock = await lockDataDirectory(dataDirectory)
    closings.push(() => lock.release())
    withdrawAddresses(dataDirectory)
    rmSync(embeddedUrlFile(dataDirectory), { force: true })
    ensureMasterKey(environment)
    await makeCertificates(environment)
    closings.push(keepCertificatesFresh(environment, report))
    const ports = await chooseListeningPorts(portNames(configuration), configuration.ports)
    const databaseUrl = await startDatabase(configuration, closings, report)
    if (configuration.runsPortal) await ensurePortalBuild(environment, join(dataDirectory, 'logs'), report, cancelled)
    cancelled.throwIfAborted()
    const childEnvironment = environmentFor(configuration, ports, databaseUrl)
    processes.push(...plannedProcesses(configuration, programs, childEnvironment, report))
    closings.push(async () => void (await Promise.all(processes.map((child) => child.stop()))))
    const listening = await Promise.all(processes.map((child) => child.start()))
    cancelled.throwIfAborted()
    const mailPorts: Ports = Object.fromEntries(listening.flatMap((told) => Object.entries(told)))
    announce(configuration, { ...mailPorts, portal: ports.portal }, report)
    closings.push(() => withdrawAddresses(dataDirectory))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    stop,
    kill: () => {
      for (const child of processes) child.kill()
    },
    get processIds() {
      return processes.flatMap((child) => child.processId ?? [])
    },
  }
}

function portNames({ runsPortal, runsEngine, ports, environment }: ServiceConfiguration): PortName[] {
  // With the port of smtp, mx listens at the old host's own address alone (lib/engine/listeners.ts).
  const isMxElsewhere = ports.mx !== 0 && ports.mx === ports.smtp && readOldHostEnv(environment).bindAddress !== null
  const mail = mailListeners.filter((name) => name !== 'mx' || !isMxElsewhere)
  return [...(runsPortal ? (['portal'] as const) : []), ...(runsEngine ? mail : [])]
}

async function makeCertificates(environment: NodeJS.ProcessEnv): Promise<void> {
  await ensureCertificates(environment)
  await ensureProfileCertificate(environment)
}

function keepCertificatesFresh(environment: NodeJS.ProcessEnv, report: Report): Closing {
  const look = () => {
    makeCertificates(environment).catch((error: Error) => report(`Certificates: ${error.message}`))
  }
  const timer = setInterval(look, DAY_MS)
  return () => clearInterval(timer)
}

/** @returns the URL for this machine's processes, migrated and, for a new trial machine, with people in it */
async function startDatabase(
  configuration: ServiceConfiguration,
  closings: Closing[],
  report: Report,
): Promise<string> {
  const { dataDirectory, databaseUrl, site, wantsDemo } = configuration
  if (databaseUrl !== null) {
    await waitForServer(databaseUrl, DATABASE_SECONDS * 1_000).catch((error: Error) => {
      throw new StartupError(`The database of DATABASE_URL does not answer: ${error.message}`)
    })
    await migrate(databaseUrl, report)
    return databaseUrl
  }
  const database = await startEmbeddedDatabase(dataDirectory)
  closings.push(keepDatabaseRunning(database, dataDirectory, report))
  await migrate(database.url, report)
  process.env.DATABASE_URL = database.url
  process.env.DATABASE_EMBEDDED = '1'
  await closeRelayWindows(database.url)
  const takenAt = await adoptBackup(dataDirectory, database.url)
  if (takenAt !== null)
    report(`This is the backup of ${takenAt.toISOString()}: IMAP clients will read their folders anew.`)
  if (wantsDemo) await prepareFirstRun(dataDirectory, site.domain)
  writeAtomically(embeddedUrlFile(dataDirectory), `${database.url}\n`, 0o600)
  closings.push(() => rmSync(embeddedUrlFile(dataDirectory), { force: true }))
  return database.url
}

async function migrate(url: string, report: Report): Promise<void> {
  const applied = await applyMigrations(url)
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length === 1 ? '' : 's'}.`)
}

async function closeRelayWindows(url: string): Promise<void> {
  const database = openDatabase(url, 1)
  try {
    await closeAllRelayWindows(database)
  } finally {
    await database.close()
  }
}

/** Its address and password stay the same, so that everyone who uses it just connects again. */
function keepDatabaseRunning(first: EmbeddedDatabase, dataDirectory: string, report: Report): Closing {
  let database = first
  let isStopping = false
  const watch = async () => {
    for (;;) {
      await database.ended
      if (isStopping) return
      report('The database ended unexpectedly; it is started again.')
      await delay(500)
      await startEmbeddedDatabase(dataDirectory).then(
        (next) => {
          database = next
        },
        (error: Error) => report(error.message),
      )
    }
  }
  const watching = watch()
  return async () => {
    isStopping = true
    await database.stop()
    await watching
  }
}

function environmentFor(
  { environment, databaseUrl, dataDirectory }: ServiceConfiguration,
  ports: Ports,
  url: string,
): NodeJS.ProcessEnv {
  return {
    ...environment,
    ...portEnvironment(ports),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATA_DIR: dataDirectory,
    DATABASE_URL: url,
    DATABASE_EMBEDDED: databaseUrl === null ? '1' : '0',
  }
}

function plannedProcesses(
  { runsPortal, runsEngine, engineWorkers, dataDirectory }: ServiceConfiguration,
  programs: typeof ourPrograms,
  environment: NodeJS.ProcessEnv,
  report: Report,
): SupervisedProcess[] {
  const plan = (name: string, program: string, drainSeconds: number, more: Partial<ProcessPlan> = {}) => {
    const log = new LogFile(join(dataDirectory, 'logs', `${name.replaceAll(' ', '-')}.log`))
    return new SupervisedProcess({ name, program, nodeOptions: [], environment, log, drainSeconds, report, ...more })
  }
  const workers = Array.from({ length: runsEngine ? engineWorkers : 0 }, (_, index) => `engine ${index + 1}`)
  const neighbourhood = createNeighbourhood()
  const asWorker = { nodeOptions: engineNodeOptions, onLaunched: neighbourhood.welcome }
  return [
    ...workers.map((name) => plan(name, programs.engine, ENGINE_DRAIN_SECONDS, asWorker)),
    ...(runsEngine ? [plan('probes', programs.probes, PROBES_DRAIN_SECONDS)] : []),
    ...(runsPortal ? [plan('portal', programs.portal, PORTAL_DRAIN_SECONDS)] : []),
  ]
}

function announce(configuration: ServiceConfiguration, ports: Ports, report: Report): void {
  const { dataDirectory, site, tls, runsPortal } = configuration
  const addresses = addressesOf(
    ports,
    configuration.ports.bindAddress,
    runsPortal ? configuration.portalUrl(ports) : null,
  )
  const newAccounts = publishDemoAccounts(dataDirectory)
  publishAddresses(dataDirectory, addresses)
  const lines = ['', `${site.name.ja} (${site.name.en}) is running.`, '', ...addressLines(site, addresses), '']
  if (tls.authorityFile) lines.push(`  Let your mail client trust this certificate authority: ${tls.authorityFile}`)
  lines.push(`  For scripts: ${join(dataDirectory, 'addresses.json')}`, `  Logs: ${join(dataDirectory, 'logs')}`)
  if (newAccounts) {
    const file = join(dataDirectory, 'demo-accounts.json')
    lines.push('', `Accounts to try it with. Their passwords are shown here once; they are kept in ${file}`, '')
    lines.push(...demoLines(newAccounts))
  }
  for (const line of [...lines, '', 'Ctrl-C stops everything; the data stays.']) report(line)
}
