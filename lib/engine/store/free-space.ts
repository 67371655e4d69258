/**
 * Whether the disk under the embedded database still has room for mail.
 *
 * Guarantees: new mail is put off (452 4.3.1) while enough is left for the database to go on, so that people can read
 * and delete, which also needs a little room. Notices within LOOK_MS that space is short, and that it is back.
 */
import { statfs } from 'node:fs/promises'
import { runRegularly } from '../runtime/run-regularly.ts'

export interface FreeSpace {
  /** Room for one more message of this size, with what must stay free. */
  hasRoomFor(maxMessageBytes: number): boolean
  close(): Promise<void>
}

const LOOK_MS = 1_000
/** PostgreSQL's log grows in files of 16 MiB; some of them must fit. */
const RESERVE_BYTES = 134_217_728
const RESERVE_INODES = 200

/** @param directory on the disk in question; null when the database is elsewhere and looks after itself */
export async function watchFreeSpace(directory: string | null, onFault: (error: unknown) => void): Promise<FreeSpace> {
  if (directory === null) return { hasRoomFor: () => true, close: async () => {} }
  let freeBytes = Number.POSITIVE_INFINITY
  let hasInodes = true

  async function look(): Promise<void> {
    const { bavail, bsize, files, ffree } = await statfs(directory ?? '')
    freeBytes = bavail * bsize
    hasInodes = files === 0 || ffree >= RESERVE_INODES // some file systems count none
  }

  await look().catch(onFault)
  const looking = runRegularly({ everyMs: LOOK_MS, work: look, onFault })
  return {
    hasRoomFor: (maxMessageBytes) => hasInodes && freeBytes >= RESERVE_BYTES + 1.5 * maxMessageBytes,
    close: () => looking.close(),
  }
}
