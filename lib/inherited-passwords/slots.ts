/** Work that takes the processor, a few at a time. */

/** Others wait for the processor already, and too many of them. */
export class NoSlot extends Error {}

export interface Slots {
  /** @throws NoSlot */
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createSlots(atOnce: number, maxWaiting: number): Slots {
  let free = atOnce
  const waiting: (() => void)[] = []
  return {
    async run(work) {
      if (free > 0) free -= 1
      else if (waiting.length < maxWaiting) await new Promise<void>((resolve) => waiting.push(resolve))
      else throw new NoSlot('too many passwords are being compared')
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) free += 1
        else next()
      }
    },
  }
}
