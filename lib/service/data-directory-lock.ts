/**
 * One running service per data directory.
 *
 * The lock is an abstract Unix socket named after the directory's device and inode: the kernel gives it to one process
 * and takes it back however that process ends, so that there is no stale lock to judge.
 */
import { type BigIntStats, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { StartupError } from './startup-error.ts'

export type DataDirectoryLock = { release(): Promise<void> }

/** @throws StartupError when another process holds it */
export async function lockDataDirectory(directory: string): Promise<DataDirectoryLock> {
  const { dev, ino }: BigIntStats = statSync(directory, { bigint: true })
  const server = createServer().unref()
  if (!(await listens(server, `\0mail-data-directory:${dev}:${ino}`))) {
    throw new StartupError(`The data directory ${directory} is in use by ${holder(directory)}. Stop that one first.`)
  }
  writeFileSync(join(directory, 'service.pid'), `${process.pid}\n`)
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listens(server: Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(name, () => resolve(true))
  })
}

function holder(directory: string): string {
  try {
    return `process ${readFileSync(join(directory, 'service.pid'), 'utf8').trim()}`
  } catch {
    return 'another process'
  }
}
