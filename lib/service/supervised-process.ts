/**
 * One child process of the service: started, waited for until it is ready, started again when it breaks.
 *
 * A child tells `{ type: 'ready', listeners }` over its channel when it serves. If it ends before that at the first start, the
 * start has failed. Once it has served, it is brought back whatever happens, after a pause that doubles while it keeps
 * breaking. It has a process group of its own: Ctrl-C in the terminal is for the supervisor, which lets it finish.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { LogFile } from './log-file.ts'
import { StartupError } from './startup-error.ts'

export type ProcessPlan = {
  readonly name: string
  readonly program: string
  readonly nodeOptions: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: LogFile
  /** how long it may take to finish what it has begun */
  readonly drainSeconds: number
  readonly report: (line: string) => void
  /** called with each child, before it has said anything */
  readonly onLaunched?: (child: ChildProcess) => void
}

const readyMessage = z.object({
  type: z.literal('ready'),
  listeners: z.record(z.string(), z.number()).default({}),
})

export type ListeningPorts = Readonly<Record<string, number>>
type Launched = { readonly ended: Promise<unknown>; readonly ports: ListeningPorts }

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 4_000
const STABLE_AFTER_MS = 30_000
const READY_SECONDS = 60

export class SupervisedProcess {
  readonly #plan: ProcessPlan
  #child: ChildProcess | undefined
  #stopping = new AbortController()
  #finished: Promise<void> = Promise.resolve()

  constructor(plan: ProcessPlan) {
    this.#plan = plan
  }

  get processId(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves when it serves. @returns the ports that it says it listens on */
  async start(): Promise<ListeningPorts> {
    const launched = await this.#launch()
    this.#finished = this.#keepRunning(launched)
    return launched.ports
  }

  /** Lets it finish; kills it when that takes too long. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const child = this.#child
    if (child && isRunning(child)) {
      child.kill('SIGTERM')
      const impatience = setTimeout(() => child.kill('SIGKILL'), this.#plan.drainSeconds * 1_000)
      await once(child, 'close')
      clearTimeout(impatience)
    }
    await this.#finished
  }

  kill(): void {
    this.#stopping.abort()
    this.#child?.kill('SIGKILL')
  }

  /** @returns a promise that settles when the ready child ends */
  async #launch(): Promise<Launched> {
    const { program, nodeOptions, environment, log, name } = this.#plan
    const child = fork(program, {
      execArgv: ['--disable-warning=ExperimentalWarning', ...nodeOptions],
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    this.#child = child
    this.#plan.onLaunched?.(child)
    log.collect(child.stdout, child.stderr)
    const ended = once(child, 'close')
    const ports = await Promise.race([ready(child), ended.then(() => null), lateness()])
    if (ports !== null) return { ended, ports }
    child.kill('SIGKILL')
    await ended
    throw new StartupError(`${name} did not start (${log.path}):\n${log.lastLines(6)}`)
  }

  async #keepRunning(first: Launched): Promise<void> {
    const { name, log, report } = this.#plan
    let pauseMs = FIRST_PAUSE_MS
    let current = first
    while (!this.#stopping.signal.aborted) {
      const since = Date.now()
      await current.ended
      if (this.#stopping.signal.aborted) return
      pauseMs = Date.now() - since > STABLE_AFTER_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      report(`${name} ended unexpectedly (${log.path}); it is started again.`)
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
      if (this.#stopping.signal.aborted) return
      current = await this.#launch().then(
        (launched) => launched,
        () => ({ ended: Promise.resolve(), ports: {} }), // it broke before it was ready: the next round pauses longer
      )
    }
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** Other messages may come before it, several at one moment. */
function ready(child: ChildProcess): Promise<ListeningPorts> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const told = readyMessage.safeParse(message)
      if (told.success) resolve(told.data.listeners)
    })
  })
}

async function lateness(): Promise<null> {
  return delay(READY_SECONDS * 1_000, null, { ref: false })
}
