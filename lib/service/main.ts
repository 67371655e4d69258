/** `npm start`: the supervisor's process, its signals and its last words. */
import { existsSync } from 'node:fs'
import { EnvironmentError } from '#lib/env/read-environment.ts'
import { readConfiguration } from './configuration.ts'
import { type Service, startService } from './service.ts'
import { StartupError } from './startup-error.ts'

/** npm and the terminal may both deliver one Ctrl-C; only a later one means impatience. */
const SAME_KEYSTROKE_MS = 1_000

const say = (line: string) => console.log(line)

const cancellation = new AbortController()
let service: Promise<Service> | undefined
let stoppingSince: number | undefined

async function stop(): Promise<void> {
  if (stoppingSince !== undefined) {
    if (Date.now() - stoppingSince > SAME_KEYSTROKE_MS) (await service)?.kill()
    return
  }
  stoppingSince = Date.now()
  say('\nStopping: mail that is being received is finished first …')
  cancellation.abort()
  const running = await service?.catch(() => undefined)
  await running?.stop()
  if (running) say('Stopped. Everything is kept for the next start.')
  process.exit(running ? 0 : 1)
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof StartupError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => void stop())

try {
  if (existsSync('.env')) process.loadEnvFile('.env')
  service = startService(readConfiguration(process.env), say, cancellation.signal)
  await service
} catch (error) {
  if (stoppingSince === undefined) {
    console.error(`Not started. ${explain(error)}`)
    process.exit(1)
  }
}
