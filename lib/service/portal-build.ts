/** Builds the portal when its sources, or what the pages say about the site, have changed since the last build. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { LogFile } from './log-file.ts'
import { StartupError } from './startup-error.ts'

const projectDirectory = join(import.meta.dirname, '../..')
const markFile = join(projectDirectory, '.next/mail-portal-sources')

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
const otherRooms = ['lib/engine/**', 'lib/service/**', 'lib/db/generated/**']

export async function ensurePortalBuild(
  environment: Environment,
  logDirectory: string,
  report: (line: string) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const wanted = sourcesHash(environment)
  if (existsSync(markFile) && readFileSync(markFile, 'utf8') === wanted) return
  const since = Date.now()
  report('Building the portal. This happens once, and again after a change; it takes about a minute …')
  await build(new LogFile(join(logDirectory, 'build.log')), cancelled)
  writeFileSync(markFile, wanted)
  report(`Built the portal in ${Math.round((Date.now() - since) / 1_000)} seconds.`)
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
