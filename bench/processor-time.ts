/** How long processes and all their children have been on a processor, as Linux counts it in /proc. */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { ServerParts } from './load-job.ts'
import { familyOf } from './server-family.ts'

/** Linux's USER_HZ, the same on every platform that we run on. */
const TICK_MS = 10
/** In /proc/PID/stat behind the command: utime, stime, and cutime and cstime of children that have ended. */
const TIME_FIELDS = [11, 12, 13, 14]

/** @returns milliseconds of processor time of these processes and their descendants, since they began */
export function processorMs(processIds: readonly number[]): number {
  return familyOf(processIds).reduce((sum, id) => sum + ticksOf(id), 0) * TICK_MS
}

/** @returns the same for each part of a server */
export function processorMsOf(parts: ServerParts): Record<string, number> {
  return Object.fromEntries(Object.entries(parts).map(([part, processIds]) => [part, processorMs(processIds)]))
}

function ticksOf(processId: number): number {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return TIME_FIELDS.reduce((sum, field) => sum + Number(fields[field]), 0)
  } catch {
    return 0 // it ended while we looked
  }
}

/** @returns milliseconds of processor time of everything on this machine */
export function machineBusyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}
