/** What runs in the thread of hash-thread.ts. */
import { parentPort } from 'node:worker_threads'
import { compareHash } from '#lib/inherited-passwords/compare-hash.ts'

export type Comparison = { readonly id: number; readonly hash: string; readonly password: Uint8Array }
/** `isRight` is null where it could not be found out */
export type Compared = { readonly id: number; readonly isRight: boolean | null; readonly fault: string }

parentPort?.on('message', async ({ id, hash, password }: Comparison) => {
  let compared: Compared
  try {
    compared = { id, isRight: await compareHash(hash, Buffer.from(password)), fault: '' }
  } catch (error) {
    compared = { id, isRight: null, fault: String(error) }
  }
  parentPort?.postMessage(compared)
})
