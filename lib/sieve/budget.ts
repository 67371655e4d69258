/** What a run may cost: steps, which are the same everywhere, and CPU time, which protects this machine. */
import { type Position, SieveFault } from './fault.ts'
import { MAX_RUN_MS, MAX_STEPS } from './limits.ts'

const STEPS_BETWEEN_LOOKS = 256

/** @returns milliseconds of CPU time of this thread, from any start */
export type CpuClock = () => number

export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

export class Budget {
  private steps = 0
  private lookAt = STEPS_BETWEEN_LOOKS
  private readonly clock: CpuClock
  private readonly endMs: number

  constructor(clock: CpuClock) {
    this.clock = clock
    this.endMs = clock() + MAX_RUN_MS
  }

  /** To be called before the work is done. */
  charge(steps: number, position: Position): void {
    this.steps += steps
    if (this.steps > MAX_STEPS) throw new SieveFault('tooMuchWork', position)
    if (this.steps < this.lookAt) return
    this.lookAt = this.steps + STEPS_BETWEEN_LOOKS
    if (this.clock() > this.endMs) throw new SieveFault('tooMuchWork', position)
  }
}
