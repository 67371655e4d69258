/**
 * The memory that messages may take while they come in and are judged, all sessions of a process together.
 *
 * Guarantees: a crowd that sends large messages at once costs others a second attempt and never the process. What does
 * not fit is read and dropped. Where there is no room left, the text that has held most for longest gives way: nobody
 * keeps others out by sending almost all of a message and then next to nothing.
 */
import { availableParallelism, totalmem } from 'node:os'

export interface Holding {
  /** @returns false when so much is not to be had; then nothing is taken */
  take(bytes: number): boolean
  /** All has come: it is looked at now, and gives way to nobody. */
  settle(): void
  /** All that was taken; also more than once. */
  giveBack(): void
}

type Held = { bytes: number; readonly sinceMs: number; readonly giveWay: () => void }

/** Who is not slow has sent the largest message by then. */
const UNDISTURBED_MS = 60_000

export class TextBudget {
  #freeBytes: number
  readonly #nowMs: () => number
  readonly #coming = new Set<Held>()

  constructor(bytes: number, nowMs: () => number = () => performance.now()) {
    this.#freeBytes = bytes
    this.#nowMs = nowMs
  }

  /** @param giveWay has to forget the text, and to give back what it took */
  open(giveWay: () => void): Holding {
    const held: Held = { bytes: 0, sinceMs: this.#nowMs(), giveWay }
    this.#coming.add(held)
    return {
      take: (bytes) => {
        while (bytes > this.#freeBytes && this.#makeRoom(held));
        if (bytes > this.#freeBytes) return false
        this.#freeBytes -= bytes
        held.bytes += bytes
        return true
      },
      settle: () => void this.#coming.delete(held),
      giveBack: () => {
        this.#coming.delete(held)
        this.#freeBytes += held.bytes
        held.bytes = 0
      },
    }
  }

  /** @returns false when nobody but whoever asks has to give way */
  #makeRoom(asking: Held): boolean {
    const costOf = ({ bytes, sinceMs }: Held) => bytes * (this.#nowMs() - sinceMs)
    const slow = [...this.#coming].filter(({ bytes, sinceMs }) => bytes > 0 && this.#nowMs() - sinceMs > UNDISTURBED_MS)
    const costliest = slow.toSorted((one, other) => costOf(other) - costOf(one))[0]
    if (costliest === undefined || costliest === asking) return false
    this.#coming.delete(costliest)
    costliest.giveWay()
    return true
  }
}

/** Several of the largest messages must fit also where there is little memory. */
const LEAST_BYTES = 268_435_456
const SHARE_OF_MEMORY = 1 / 8

/** Of this process; one works at each processor. */
export const incomingTexts = new TextBudget(
  Math.max(LEAST_BYTES, (totalmem() * SHARE_OF_MEMORY) / availableParallelism()),
)
