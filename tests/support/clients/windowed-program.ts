/** Runs a mail program with windows on a display that nobody sees, until what it was asked for is done. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { artifactPath } from '../artifacts.ts'
import type { Display } from './display.ts'
import { runClient, startClient } from './run-client.ts'

export type Condition = () => boolean | Promise<boolean>

export type WindowedProgram = {
  readonly program: string
  readonly args: readonly string[]
  readonly home: string
  readonly display: Display
  readonly environment?: Readonly<Record<string, string>>
}

const TIMEOUT_MS = 30_000

/**
 * The usual failure is a dialogue that waits for somebody: the error names it, tests/artifacts has its picture.
 * @param isDone asked until it is true; then the program is ended
 */
export async function runUntil(given: WindowedProgram, isDone: Condition): Promise<void> {
  const { program, args, home, display } = given
  const options = { home, environment: { DISPLAY: display.name, TMPDIR: home, ...given.environment } }
  const child = startClient(program, args, options)
  const ended = once(child, 'close')
  const output: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
  const order = `${program} ${args.join(' ')}`
  try {
    for (const deadline = Date.now() + TIMEOUT_MS; !(await isDone()); await delay(50)) {
      if (hasEnded(child)) throw new Error(`${order} ended by itself: ${Buffer.concat(output)}`)
      if (Date.now() < deadline) continue
      display.photograph(artifactPath(`${program}.xwd`))
      const windows = await runClient('xdotool', ['search', '--name', '.', 'getwindowname', '%@'], options)
      throw new Error(`${order} is not done: ${Buffer.concat(output)}\nits windows: ${windows.output}`)
    }
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
