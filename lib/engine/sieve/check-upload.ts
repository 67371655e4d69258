/**
 * Checks the scripts that mail programs upload. A megabyte of commands takes half a second: what is long is checked in a
 * thread, so that no other session waits for it.
 *
 * Guarantees: long scripts take turns, one at a time in each process, with a deadline. Refuses (throws) what comes while
 * MAX_WAITING of them wait.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { LongScript } from './check-thread.ts'
import { type JudgedUpload, judgeUpload } from './judge-upload.ts'

export type CheckUpload = (script: string) => Promise<JudgedUpload>

/** At most some ten milliseconds. */
const SHORT_CHARACTERS = 16_384
const MAX_WAITING = 20
const DEADLINE_MS = 10_000
const MAX_MEMORY_MEGABYTES = 512

/** @param ownDomains to whose addresses a script may forward without anybody being asked */
export function createUploadCheck(ownDomains: readonly string[]): CheckUpload {
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function inItsTurn(script: string): Promise<JudgedUpload> {
    if (waiting >= MAX_WAITING) throw new Error('too many scripts wait to be checked')
    waiting += 1
    const mine = turn.then(() => checkInThread({ script, ownDomains }))
    turn = mine.catch(() => {})
    try {
      return await mine
    } finally {
      waiting -= 1
    }
  }

  return async (script) =>
    script.length <= SHORT_CHARACTERS ? judgeUpload(script, ownDomains) : await inItsTurn(script)
}

/** @throws when the thread dies or does not end */
async function checkInThread(workerData: LongScript): Promise<JudgedUpload> {
  const thread = new Worker(new URL('./check-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MEGABYTES },
  })
  try {
    const [judged] = await once(thread, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) })
    return judged as JudgedUpload
  } finally {
    await thread.terminate()
  }
}
