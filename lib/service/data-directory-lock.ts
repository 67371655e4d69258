/** One running service per data directory, known by its device and inode: a second path to it is no way around. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KernelLock, takeKernelLock } from './kernel-lock.ts'
import { StartupError } from './startup-error.ts'

/** @throws StartupError when another process holds it */
export async function lockDataDirectory(directory: string): Promise<KernelLock> {
  const { dev, ino } = statSync(directory, { bigint: true })
  const lock = await takeKernelLock(`mail-data-directory:${dev}:${ino}`)
  if (lock === null) {
    throw new StartupError(`The data directory ${directory} is in use by ${holder(directory)}. Stop that one first.`)
  }
  writeFileSync(join(directory, 'service.pid'), `${process.pid}\n`)
  return lock
}

function holder(directory: string): string {
  try {
    return `process ${readFileSync(join(directory, 'service.pid'), 'utf8').trim()}`
  } catch {
    return 'another process'
  }
}
