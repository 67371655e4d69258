/**
 * The memory that messages may take while they come in and are judged, all sessions of a process together.
 *
 * Guarantees: a crowd that sends large messages at once costs others a second attempt and never the process. What does
 * not fit is read and dropped.
 */
import { availableParallelism, totalmem } from 'node:os'

export class TextBudget {
  #freeBytes: number

  constructor(bytes: number) {
    this.#freeBytes = bytes
  }

  /** @returns false when so much is not left; then nothing is taken */
  take(bytes: number): boolean {
    if (bytes > this.#freeBytes) return false
    this.#freeBytes -= bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#freeBytes += bytes
  }
}

/** Several of the largest messages must fit also where there is little memory. */
const LEAST_BYTES = 268_435_456
const SHARE_OF_MEMORY = 1 / 8

/** Of this process; one works at each processor. */
export const incomingTexts = new TextBudget(
  Math.max(LEAST_BYTES, (totalmem() * SHARE_OF_MEMORY) / availableParallelism()),
)
