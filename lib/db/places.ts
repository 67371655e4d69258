/** So many may be inside at once; the others wait in a line, and not for ever. */
export interface Places {
  /** @returns how to leave. @throws NoPlace */
  enter(): Promise<() => void>
}

export class NoPlace extends Error {}

type Waiting = { readonly admit: () => void }

export function createPlaces(count: number, maxWaitMs: number): Places {
  const line = new Set<Waiting>()
  let free = count

  function leave(): void {
    const [first] = line
    if (first === undefined) free += 1
    else {
      line.delete(first)
      first.admit()
    }
  }

  function leaveOnce(): () => void {
    let isInside = true
    return () => {
      if (isInside) leave()
      isInside = false
    }
  }

  return {
    enter() {
      if (free > 0) {
        free -= 1
        return Promise.resolve(leaveOnce())
      }
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          admit: () => {
            clearTimeout(timer)
            resolve(leaveOnce())
          },
        }
        const timer = setTimeout(() => {
          line.delete(waiting)
          reject(new NoPlace(`no place in ${maxWaitMs} ms`))
        }, maxWaitMs)
        line.add(waiting)
      })
    },
  }
}
