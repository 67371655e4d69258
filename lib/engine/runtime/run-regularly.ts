/**
 * Work that a process does again and again, for as long as it lives.
 *
 * Guarantees: a run never overlaps with the one before; the pauses are a little uneven, so that the processes of a site
 * do not all ask the database at the same moment; whatever goes wrong is reported, and the next run comes all the same.
 */
export type RegularWork = {
  readonly everyMs: number
  readonly work: () => Promise<unknown>
  readonly onFault: (error: unknown) => void
  /** the first run is now and not after the first pause */
  readonly startsAtOnce?: boolean
}

export interface RegularRuns {
  /** No more runs; the one that is under way ends. */
  close(): Promise<void>
}

const UNEVENNESS = 0.1

export function runRegularly({ everyMs, work, onFault, startsAtOnce = false }: RegularWork): RegularRuns {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isClosed = false

  function pause(): void {
    if (isClosed) return
    timer = setTimeout(run, everyMs * (1 + UNEVENNESS * (2 * Math.random() - 1))).unref()
  }

  async function runOnce(): Promise<void> {
    try {
      await work()
    } catch (error) {
      onFault(error)
    }
    pause()
  }

  function run(): void {
    running = runOnce()
  }

  if (startsAtOnce) run()
  else pause()
  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
