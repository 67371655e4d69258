/**
 * `npm run backup -- DIRECTORY`: a copy of the data directory of a running service, from which `npm start` starts
 * (DATA_DIR). Mail goes on meanwhile; everything that was acknowledged before it began is in it.
 *
 * Guarantees: the directory is there when all of it is on the disk, and before that it is not. The master key stays away
 * unless it is asked for: who finds a backup shall not have both.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openOnlineBackup } from '#lib/db/online-backup.ts'
import { readDataDirectoryEnv } from '#lib/env/data-directory.ts'
import { readConfiguredDatabase, readDatabaseEnv } from '#lib/env/database.ts'
import { copyTree, copyWholeFile, flush } from './copy-durably.ts'
import { noteBackup } from './restored-backup.ts'
import { StartupError } from './startup-error.ts'
import { renameDurably } from './write-atomically.ts'

/** Of the data directory: what a running service makes anew. */
const ofTheRun = ['logs', 'run', 'addresses.json', 'service.pid', 'postgres.log', 'postgres', 'keys/database.url']
/** Of PostgreSQL's own: what belongs to the running server, and the log, which is copied by segments. */
const ofTheServer =
  /^(?:postmaster\.(?:pid|opts)|(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.*|(?:.*\/)?(?:pgsql_tmp.*|pg_internal\.init.*))$/

type Order = { readonly from: string; readonly to: string; readonly adminUrl: string; readonly withMasterKey: boolean }

async function backUp({ from, to, adminUrl, withMasterKey }: Order): Promise<void> {
  if (existsSync(to)) throw new StartupError(`${to} is there already; name a new directory.`)
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const takenAt = new Date()
  // The heads of the audit trail before the trail: a head without its record would look like tampering.
  const isWanted = (path: string) => !ofTheRun.includes(path) && (withMasterKey || path !== 'keys/master.key')
  await copyTree(from, unfinished, isWanted)
  await copyCluster(join(from, 'postgres'), join(unfinished, 'postgres'), adminUrl)
  await mkdir(join(unfinished, 'logs'))
  noteBackup(unfinished, takenAt)
  await flush(unfinished)
  renameDurably(unfinished, to)
}

async function copyCluster(from: string, to: string, adminUrl: string): Promise<void> {
  const backup = await openOnlineBackup(adminUrl)
  try {
    await copyTree(from, to, (path) => !ofTheServer.test(path))
    const { label, firstSegment, lastSegment } = await backup.finish()
    for (const name of await readdir(join(from, 'pg_wal'))) {
      const isNeeded = /^[0-9A-F]{24}$/.test(name) && name >= firstSegment && name <= lastSegment
      if (isNeeded) await copyWholeFile(join(from, 'pg_wal', name), join(to, 'pg_wal', name))
    }
    writeFileSync(join(to, 'backup_label'), label, { flush: true })
    await flush(join(to, 'pg_wal'))
    await flush(to)
  } finally {
    await backup.close()
  }
}

/** The superuser has the password of the service's account (postgres-cluster.ts). */
function adminUrlOf(url: string): string {
  const admin = new URL(url)
  admin.username = 'postgres'
  admin.pathname = '/postgres'
  return admin.href
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'with-master-key': { type: 'boolean' } },
    allowPositionals: true,
  })
  const [to] = positionals
  if (to === undefined || positionals.length > 1)
    throw new StartupError('Give one directory, which does not exist yet.')
  const configured = readConfiguredDatabase(process.env)
  if (configured !== null && !configured.isEmbedded)
    throw new StartupError('DATABASE_URL names a server of your own: back it up with its own tools.')
  const order: Order = {
    from: readDataDirectoryEnv(process.env).path,
    to: resolve(to),
    adminUrl: adminUrlOf(readDatabaseEnv(process.env).url),
    withMasterKey: values['with-master-key'] === true,
  }
  await backUp(order)
  console.log(`Backed up into ${order.to}`)
  if (!order.withMasterKey) console.log('The master key is not in it: keep it in another place.')
}

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(`Not backed up. ${(error as Error).message}`)
  process.exitCode = 1
}
