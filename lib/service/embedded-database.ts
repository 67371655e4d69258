/**
 * The embedded PostgreSQL: a real server, child of the supervisor, reached over a Unix socket that only it may open.
 *
 * Guarantees: a commit is on the disk before it is answered (fsync, synchronous_commit and full_page_writes are on), so
 * a killed server loses nothing that it acknowledged; a server that a killed supervisor left behind is stopped, and what
 * it left in its lock file is cleared, before the next one starts.
 * Expects: the caller holds the data directory's lock.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ensureDatabase, waitForServer } from '#lib/db/server.ts'
import { type PostgresCluster, preparePostgresCluster } from './postgres-cluster.ts'
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts'
import { StartupError } from './startup-error.ts'
import { unprivilegedCommand } from './unprivileged.ts'

export type EmbeddedDatabase = {
  /** for the service: the database `mail`, whose owner may do nothing else */
  readonly url: string
  /** the superuser, for tests and for making databases */
  readonly adminUrl: string
  readonly isNew: boolean
  readonly processId: number
  /** settles when the server ends, whatever the reason */
  readonly ended: Promise<void>
  /** Lets running statements be cut, writes everything down, ends. */
  stop(): Promise<void>
}

const PORT = 5432 // of the socket's file name; nothing listens on the network
const START_SECONDS = 60
const STOP_SECONDS = 60
const MEBIBYTE = 1_048_576

const settings = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
  max_connections: '500',
  shared_buffers: `${Math.round(Math.min(1024, Math.max(64, totalmem() / MEBIBYTE / 8)))}MB`,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
}

/** @param overrides server settings that differ from the service's; tests that need no durability turn it off */
export async function startEmbeddedDatabase(
  dataDirectory: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<EmbeddedDatabase> {
  const programs = postgresPrograms()
  const cluster = await preparePostgresCluster(programs, dataDirectory)
  await endLeftover(cluster)
  const logFile = join(dataDirectory, 'postgres.log')
  const child = spawnServer(programs, cluster, logFile, { ...settings, ...overrides })
  const ended = once(child, 'close').then(() => {})
  const stop = () => stopServer(child, ended)
  const adminUrl = connectionUrl('postgres', cluster, 'postgres')
  try {
    await Promise.race([waitForServer(adminUrl, START_SECONDS * 1_000), failed(child, ended, logFile)])
    await ensureDatabase(adminUrl, { name: 'mail', owner: 'mail', password: cluster.password })
  } catch (error) {
    await stop()
    throw error
  }
  const url = connectionUrl('mail', cluster, 'mail')
  return { url, adminUrl, isNew: cluster.isNew, processId: child.pid ?? 0, ended, stop }
}

function connectionUrl(account: string, cluster: PostgresCluster, database: string): string {
  const host = encodeURIComponent(cluster.socketDirectory)
  return `postgresql://${account}:${cluster.password}@localhost:${PORT}/${database}?host=${host}`
}

function spawnServer(
  programs: PostgresPrograms,
  cluster: PostgresCluster,
  logFile: string,
  values: Readonly<Record<string, string>>,
): ChildProcess {
  const options = Object.entries({ ...values, unix_socket_directories: cluster.socketDirectory })
  const args = ['-D', cluster.directory, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const paths = [join(cluster.directory, 'PG_VERSION'), join(cluster.socketDirectory, '.s.PGSQL')]
  const command = unprivilegedCommand(programs.postgres, args, paths)
  const log = openSync(logFile, 'a', 0o600)
  try {
    // A process group of its own: Ctrl-C in the terminal is for the supervisor, which stops the database last.
    return spawn(command.file, command.args, {
      uid: command.uid,
      gid: command.gid,
      detached: true,
      cwd: '/',
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

async function failed(child: ChildProcess, ended: Promise<void>, logFile: string): Promise<never> {
  const reason = await Promise.race([
    once(child, 'error').then(([error]) => (error as Error).message),
    ended.then(() => lastLine(logFile)),
  ])
  throw new StartupError(`The embedded PostgreSQL did not start: ${reason} (${logFile})`)
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? ''
}

/** SIGINT is PostgreSQL's "fast" shutdown; SIGQUIT is its way out without a checkpoint, repaired at the next start. */
async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_SECONDS * 1_000)
  await ended
  clearTimeout(timer)
}

/**
 * After a SIGKILL of the supervisor its server may still run, and after one of the server its backends may for a moment
 * more: a new server beside them would damage the data. After a loss of power the lock files may name a process that is
 * now something else, or one that has ended and that nobody has waited for: PostgreSQL would refuse to start. We hold
 * the directory's lock, so when nothing runs in it the files are nobody's.
 */
async function endLeftover({ directory, socketDirectory }: PostgresCluster): Promise<void> {
  const lockFile = join(directory, 'postmaster.pid')
  const server = leftoverProcess(lockFile)
  const deadline = Date.now() + STOP_SECONDS * 1_000
  let left = processesIn(directory)
  if (server !== null && left.includes(server)) process.kill(server, 'SIGINT')
  while (left.length > 0) {
    if (Date.now() > deadline) throw new StartupError(`PostgreSQL process ${left[0]} does not end; stop it by hand.`)
    await delay(50)
    left = processesIn(directory)
  }
  rmSync(lockFile, { force: true })
  rmSync(join(socketDirectory, `.s.PGSQL.${PORT}.lock`), { force: true })
}

function leftoverProcess(lockFile: string): number | null {
  try {
    const processId = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
    return Number.isInteger(processId) && processId > 0 ? processId : null
  } catch {
    return null
  }
}

/** The working directory of PostgreSQL and all its backends is its data directory. */
function processesIn(directory: string): number[] {
  const all = existsSync('/proc') ? readdirSync('/proc').map(Number).filter(Number.isInteger) : []
  return all.filter((processId) => {
    try {
      return readlinkSync(`/proc/${processId}/cwd`) === directory
    } catch {
      return false // it has ended, or is not ours to look at
    }
  })
}
