/** Processes as Linux lists them, for tests that kill. */
import { readdirSync, readFileSync } from 'node:fs'

export type ProcessEntry = { readonly processId: number; readonly parentId: number; readonly command: string }

export function processes(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const parentId = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [{ processId: Number(name), parentId, command }]
      } catch {
        return [] // it ended while we looked
      }
    })
}

/** A process's children, their children, and so on. */
export function descendantsOf(processId: number, all = processes()): ProcessEntry[] {
  const children = all.filter(({ parentId }) => parentId === processId)
  return children.flatMap((child) => [child, ...descendantsOf(child.processId, all)])
}

export function killAtOnce(processIds: readonly number[]): void {
  signalAll(processIds, 'SIGKILL')
}

export function signalAll(processIds: readonly number[], signal: NodeJS.Signals): void {
  for (const processId of processIds) {
    try {
      process.kill(processId, signal)
    } catch {
      // It ended by itself.
    }
  }
}
