/**
 * Compares passwords with the hashes of an old system in a thread of its own: a hash may ask for a hundred thousand
 * rounds, and whoever guesses passwords would make every session wait for them.
 *
 * Guarantees: an answer within DEADLINE_MS, or an error, which a login takes for "try later"; a thread that dies is
 * started again. How many wait is bounded by those who ask.
 */
import { Worker } from 'node:worker_threads'
import type { CompareHash } from '#lib/inherited-passwords/compare-hash.ts'
import type { Compared, Comparison } from './compare-hashes.ts'

export interface HashThread {
  readonly compareHash: CompareHash
  close(): Promise<void>
}

const DEADLINE_MS = 10_000

type Answer = (compared: Omit<Compared, 'id'>) => void

export function openHashThread(onFault: (error: unknown) => void): HashThread {
  const waiting = new Map<number, Answer>()
  const gone = { isRight: null, fault: 'the thread for hashes has ended' }
  let thread: Worker | null = null
  let lastId = 0

  function start(): Worker {
    const started = new Worker(new URL('./compare-hashes.ts', import.meta.url))
    started.unref()
    started.on('message', ({ id, ...compared }: Compared) => waiting.get(id)?.(compared))
    started.on('error', onFault)
    started.on('exit', () => {
      if (thread === started) thread = null
      for (const answer of waiting.values()) answer(gone)
    })
    return started
  }

  return {
    compareHash(hash, password) {
      thread ??= start()
      lastId += 1
      const comparison: Comparison = { id: lastId, hash, password }
      return new Promise((resolve, reject) => {
        const answer: Answer = ({ isRight, fault }) => {
          clearTimeout(timer)
          waiting.delete(comparison.id)
          if (isRight === null) reject(new Error(fault))
          else resolve(isRight)
        }
        const timer = setTimeout(() => answer({ isRight: null, fault: 'a hash took too long' }), DEADLINE_MS)
        waiting.set(comparison.id, answer)
        thread?.postMessage(comparison)
      })
    },
    async close() {
      await thread?.terminate()
    },
  }
}
