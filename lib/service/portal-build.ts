/** Builds the portal when its sources, or what the pages say about the site, have changed since the last build. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { type KernelLock, takeKernelLock } from './kernel-lock.ts'
import { LogFile } from './log-file.ts'
import { StartupError } from './startup-error.ts'

const projectDirectory = join(import.meta.dirname, '../..')
const markFile = join(projectDirectory, '.next/mail-portal-sources')

const LOCK_RETRY_MS = 250

const sources = [
  'app/**',
  'components/**',
  'lib/**',
  'messages/**',
  'public/**',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const otherRooms = ['lib/engine/**', 'lib/probes/**', 'lib/service/**', 'lib/db/generated/**']

export async function ensurePortalBuild(
  environment: Environment,
  logDirectory: string,
  report: (line: string) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const wanted = sourcesHash(environment)
  if (isBuilt(wanted)) return
  const lock = await waitForLock(report, cancelled)
  try {
    if (isBuilt(wanted)) return
    const since = Date.now()
    report('Building the portal. This happens once, and again after a change; it takes about a minute …')
    await build(new LogFile(join(logDirectory, 'build.log')), cancelled)
    writeFileSync(markFile, wanted)
    report(`Built the portal in ${Math.round((Date.now() - since) / 1_000)} seconds.`)
  } finally {
    await lock.release()
  }
}

function isBuilt(wanted: string): boolean {
  return existsSync(markFile) && readFileSync(markFile, 'utf8') === wanted
}

/** Two services of one checkout build one after the other: Next refuses to do it at the same time. */
async function waitForLock(report: (line: string) => void, cancelled: AbortSignal): Promise<KernelLock> {
  for (let tries = 0; ; tries += 1) {
    const lock = await takeKernelLock(`mail-portal-build:${projectDirectory}`)
    if (lock !== null) return lock
    if (tries === 0) report('Another process is building the portal; waiting for it …')
    await delay(LOCK_RETRY_MS, undefined, { signal: cancelled })
  }
}

function sourcesHash(environment: Environment): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([readSiteEnv(environment), readGuidePortsEnv(environment)]))
  for (const path of globSync(sources, { cwd: projectDirectory, exclude: otherRooms }).sort()) {
    const file = join(projectDirectory, path)
    if (statSync(file).isFile()) hash.update(`\0${path}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

async function build(log: LogFile, cancelled: AbortSignal): Promise<void> {
  const next = join(projectDirectory, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: projectDirectory,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  cancelled.addEventListener('abort', kill, { once: true })
  log.collect(child.stdout, child.stderr)
  const [code] = await once(child, 'close')
  cancelled.removeEventListener('abort', kill)
  if (code !== 0) throw new StartupError(`The portal could not be built (${log.path}):\n${log.lastLines(20)}`)
}
