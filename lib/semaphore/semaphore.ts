/** So much work at once; more waits in a line, which has an end in time or in length. */
export interface Semaphore {
  /** @throws NoPermit */
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

export class NoPermit extends Error {}

type Limits = { readonly permits: number; readonly maxWaitMs?: number; readonly maxWaiting?: number }
type Waiting = { readonly admit: () => void }

export function createSemaphore({ permits, maxWaitMs, maxWaiting = Number.POSITIVE_INFINITY }: Limits): Semaphore {
  const line = new Set<Waiting>()
  let free = permits

  function leave(): void {
    const [first] = line
    if (first === undefined) free += 1
    else {
      line.delete(first)
      first.admit()
    }
  }

  function enter(): Promise<void> | undefined {
    if (free > 0) free -= 1
    else if (line.size < maxWaiting) return turn()
    else throw new NoPermit(`${maxWaiting} wait already`)
  }

  function turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        admit() {
          clearTimeout(timer)
          resolve()
        },
      }
      const giveUp = () => {
        line.delete(waiting)
        reject(new NoPermit(`no permit in ${maxWaitMs} ms`))
      }
      const timer = maxWaitMs === undefined ? undefined : setTimeout(giveUp, maxWaitMs)
      line.add(waiting)
    })
  }

  return {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
