/** A display that nobody sees, for clients with windows. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export type Display = {
  /** for the environment variable DISPLAY */
  readonly name: string
  /** What is on it now, as an XWD file. */
  photograph(file: string): void
  stop(): Promise<void>
}

/** Xvfb chooses a free number by itself. */
export async function startDisplay(): Promise<Display> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-display-'))
  const screen = ['-screen', '0', '1024x768x24', '-fbdir', directory]
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const exit = once(xvfb, 'exit')
  const failure = exit.then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`)
  })
  failure.catch(() => {})
  const [number] = await Promise.race([once(createInterface(xvfb.stdio[3] as Readable), 'line'), failure])
  return {
    name: `:${number}`,
    photograph: (file) => copyFileSync(join(directory, 'Xvfb_screen0'), file),
    async stop() {
      xvfb.kill('SIGTERM')
      await exit
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
