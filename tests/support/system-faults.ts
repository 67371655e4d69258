/** System calls of running processes that fail or take long, by strace; and limits that are drawn tight, by prlimit. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export type SystemFault = { end(): Promise<void> }

export const canInjectFaults =
  process.getuid?.() === 0 && spawnSync('strace', ['-V']).status === 0 && spawnSync('prlimit', ['-V']).status === 0

/**
 * @param what as `strace --inject` takes it: "fdatasync:error=EIO:when=1"
 * @param processIds these, and the processes that they start from now on
 */
export async function injectFault(what: string, processIds: readonly number[]): Promise<SystemFault> {
  const calls = what.split(':', 1)[0]
  const attach = processIds.flatMap((processId) => ['-p', String(processId)])
  const args = ['-f', '-qqq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${what}`, ...attach]
  const strace = spawn('strace', args, { stdio: 'ignore' })
  while (!processIds.every(isTraced)) {
    assert.equal(strace.exitCode, null, 'strace cannot trace here')
    await delay(10)
  }
  return {
    async end() {
      if (strace.exitCode !== null || strace.signalCode !== null) return
      strace.kill('SIGINT')
      await once(strace, 'exit')
    },
  }
}

/** A process that has ended meanwhile counts too. */
function isTraced(processId: number): boolean {
  try {
    return !/^TracerPid:\s+0$/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'))
  } catch {
    return true
  }
}

/** @returns how to widen it again */
export function drawTight(limit: 'fsize' | 'nofile' | 'as', value: number, processIds: readonly number[]): () => void {
  const set = (processId: number, soft: string) => prlimit(processId, `--${limit}=${soft}:`)
  const before = processIds.map((processId) => [processId, prlimit(processId, `--${limit}`).trim()] as const)
  for (const processId of processIds) set(processId, String(value))
  return () => {
    for (const [processId, soft] of before) set(processId, soft)
  }
}

function prlimit(processId: number, option: string): string {
  const shown = ['--output', 'SOFT', '--noheadings', '--raw']
  return spawnSync('prlimit', ['--pid', String(processId), option, ...shown], { encoding: 'utf8' }).stdout
}
