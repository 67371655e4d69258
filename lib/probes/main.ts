/**
 * The process that looks whether mail works, every thirty seconds, as a mail program would, and writes down what it found.
 *
 * Guarantees: a probe that fails is a fact about the service, and ends nothing; a service that is closed for maintenance
 * is not probed. When the database is away nothing is written down.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { databaseEnv } from '#lib/env/database.ts'
import { portsEnv } from '#lib/env/ports.ts'
import { siteEnv } from '#lib/env/site.ts'
import { services } from '#lib/maintenance/services.ts'
import { createLog } from '#lib/observability/log.ts'
import { openProbeMailbox } from './probe-mailbox.ts'
import { type ProbeLogin, probeService } from './probe-services.ts'
import { closedServices, forgetOldProbes, recordProbe } from './record-probe.ts'

const EVERY_MS = 30_000
/** The engine starts beside this process. */
const FIRST_AFTER_MS = 3_000

const log = createLog('probes')
const database = openDatabase(databaseEnv().url, 1)
const ports = portsEnv()
const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[ports.bindAddress] ?? ports.bindAddress
let login: ProbeLogin | null = null

async function openLogin(): Promise<ProbeLogin> {
  try {
    return await openProbeMailbox(dataDirectoryEnv().path, siteEnv().domain)
  } finally {
    await prisma().$disconnect()
  }
}

async function run(): Promise<void> {
  login ??= await openLogin()
  const closed = await closedServices(database)
  for (const service of services) {
    if (closed.has(service)) continue
    await recordProbe(database, service, await probeService(service, host, ports, login))
  }
  await forgetOldProbes(database)
}

async function runForever(): Promise<void> {
  await delay(FIRST_AFTER_MS)
  for (;;) {
    await run().catch((error: unknown) => log.error(error))
    await delay(EVERY_MS)
  }
}

process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready' })
await runForever()
