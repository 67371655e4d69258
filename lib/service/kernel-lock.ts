/**
 * A lock of this machine that needs no file: an abstract Unix socket. The kernel gives its name to one process and takes
 * it back however that process ends, so that there is no stale lock to judge.
 */
import { createServer } from 'node:net'

export type KernelLock = { release(): Promise<void> }

/** @returns null when another process holds it */
export function takeKernelLock(name: string): Promise<KernelLock | null> {
  const server = createServer().unref()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(`\0${name}`, () => {
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}
