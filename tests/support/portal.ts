/**
 * A whole portal for tests: the built application in its real process, on a fresh database, with two subscribers, a
 * support agent and an operator. `npm run build` must have been run.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'
import { ensureProfileCertificate } from '#lib/service/profile-certificate.ts'
import { freshDatabase } from './database.ts'
import { freePort } from './free-port.ts'

export type TestPortal = {
  readonly url: string
  readonly dataDirectory: string
  readonly databaseUrl: string
  stop(): Promise<void>
}

/** What the portal wrote; kept for whoever looks into a failure. */
export const portalLog = 'tests/artifacts/portal.log'

/**
 * Only one per test process: the use-cases read the process's environment.
 * @param environment DATABASE_URL, DATA_DIR and MASTER_KEY of an engine, for a portal beside it
 */
export async function startPortal(environment: Readonly<Record<string, string>> = {}): Promise<TestPortal> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'mail-portal-'))
  const { DATABASE_URL: sharedUrl } = environment
  const database = sharedUrl === undefined ? await freshDatabase() : { url: sharedUrl, drop: async () => {} }
  const port = Number(environment.PORTAL_PORT ?? (await freePort()))
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    DATA_DIR: dataDirectory,
    MASTER_KEY: randomBytes(32).toString('base64'),
    PORTAL_PORT: String(port),
    ...environment,
  })
  await ensureCertificates(process.env)
  await ensureProfileCertificate(process.env)
  const portal = await startPortalProcess({})
  return {
    url: `http://localhost:${port}`, // under an IP address browsers have no passkeys
    dataDirectory,
    databaseUrl: database.url,
    async stop() {
      portal.kill('SIGTERM')
      if (portal.exitCode === null) await once(portal, 'exit')
      const { prisma } = await import('#lib/db/prisma.ts')
      await prisma().$disconnect()
      await database.drop()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** The portal's process alone, in the environment of this one. */
export async function startPortalProcess(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  mkdirSync('tests/artifacts', { recursive: true })
  const log = openSync(portalLog, 'a')
  const portal = fork('lib/http/portal-server.ts', {
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', log, log, 'ipc'],
  })
  await ready(portal)
  return portal
}

async function ready(portal: ChildProcess): Promise<void> {
  const ended = once(portal, 'exit').then(([code]) => {
    throw new Error(`the portal ended with ${code} before it was ready, see ${portalLog}; was it built?`)
  })
  await Promise.race([once(portal, 'message'), ended])
}
