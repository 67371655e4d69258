/**
 * Runs a real mail client: time-boxed, with a home directory of its own that is removed afterwards.
 * A client that does not end by itself is killed, and what it said until then is in the failure's text.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { z } from 'zod'

export type ClientRun = { readonly code: number | null; readonly output: string }

export type RunOptions = {
  readonly home: string
  readonly input?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 30_000

export async function runClient(program: string, args: readonly string[], options: RunOptions): Promise<ClientRun> {
  const child = startClient(program, args, options)
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin?.on('error', () => {})
  child.stdin?.end(options.input ?? '')
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? TIMEOUT_MS)
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  clearTimeout(timer)
  return { code, output: Buffer.concat(chunks).toString() }
}

/** Nothing of this machine's settings reaches the client. */
export function startClient(program: string, args: readonly string[], options: RunOptions): ChildProcess {
  const environment: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    HOME: options.home,
    LANG: 'C.UTF-8',
    ...options.environment,
  }
  return spawn(program, args, { env: environment as NodeJS.ProcessEnv, cwd: options.home })
}

function isInstalled(program: string): boolean {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  return directories.some((directory) => existsSync(join(directory, program)))
}

/** For `it(…, { skip })`: false when the program is there. */
export function missing(program: string): string | false {
  return isInstalled(program) ? false : `${program} is not installed (tests/debian-packages.txt)`
}

/** The version of the Debian package, or of the one that npm installed here; "unknown" elsewhere. */
export function packageVersion(name: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
  const { stdout, status } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' })
  return status === 0 && stdout !== '' ? stdout : npmVersion(name)
}

function npmVersion(name: string): string {
  const file = join(import.meta.dirname, '../../../node_modules', name, 'package.json')
  if (!existsSync(file)) return 'unknown'
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

export async function withHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'mail-client-'))
  try {
    return await work(home)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}
