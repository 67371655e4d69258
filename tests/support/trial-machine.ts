/**
 * The whole product as a person starts it, `npm start` on a data directory of its own and on free ports. What it writes
 * for scripts is what tests use.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { portVariables } from '#lib/env/ports.ts'
import type { Addresses } from '#lib/service/addresses.ts'
import type { DemoAccount } from '#lib/service/demo-seed.ts'

export type TrialMachine = {
  readonly dataDirectory: string
  readonly addresses: Required<Addresses>
  readonly accounts: readonly DemoAccount[]
  /** everything that it printed so far */
  output(): string
  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number | null>
  /** Ctrl-C, and the data directory goes too. */
  stop(): Promise<void>
}

export type FailedStart = { readonly code: number | null; readonly output: string }

const START_MINUTES = 5
const project = join(import.meta.dirname, '../..')

export function newDataDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'mail-trial-'))
}

/** @param environment on top of free ports; DATA_DIR for a directory that is kept between starts */
export async function startTrialMachine(environment: Readonly<Record<string, string>> = {}): Promise<TrialMachine> {
  const dataDirectory = environment.DATA_DIR ?? newDataDirectory()
  const started = launch({ ...environment, DATA_DIR: dataDirectory })
  const file = (name: string) => join(dataDirectory, name)
  for (const deadline = Date.now() + START_MINUTES * 60_000; !existsSync(file('addresses.json')); await delay(50)) {
    if (started.child.exitCode !== null) throw new Error(`it did not start:\n${started.output()}`)
    if (Date.now() > deadline) throw new Error(`it does not get ready:\n${started.output()}`)
  }
  const interrupt = async () => {
    started.child.kill('SIGINT')
    return (await started.ended).code
  }
  return {
    dataDirectory,
    interrupt,
    output: started.output,
    addresses: JSON.parse(readFileSync(file('addresses.json'), 'utf8')),
    accounts: JSON.parse(readFileSync(file('demo-accounts.json'), 'utf8')),
    async stop() {
      await interrupt()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** A start that is expected to fail. */
export async function failToStart(environment: Readonly<Record<string, string>>): Promise<FailedStart> {
  const started = launch(environment)
  const { code } = await started.ended
  return { code, output: started.output() }
}

type Launched = { child: ChildProcess; output(): string; ended: Promise<{ code: number | null }> }

function launch(environment: Readonly<Record<string, string>>): Launched {
  const freePorts = Object.fromEntries(Object.values(portVariables).map((variable) => [variable, '0']))
  const child = spawn(process.execPath, ['bin/start.js'], {
    cwd: project,
    env: { ...process.env, DATABASE_URL: '', MASTER_KEY: '', ...freePorts, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // as in a terminal of its own
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null }))
  return { child, output: () => said, ended }
}
