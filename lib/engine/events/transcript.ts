/**
 * The protocol lines of a session since its last event: its beginning and its newest lines, in bounded memory. What
 * had to be left out between them is counted.
 */

const HEAD_LINES = 50
const TAIL_LINES = 50
/** After this many lines a session's events are still recorded, their lines no longer. */
const MAX_SESSION_LINES = 2_000

export class Transcript {
  #head: string[] = []
  #tail: string[] = []
  /** lines after the head; the tail is a ring over the last of them */
  #tailCount = 0
  #storedLines = 0

  add(line: string): void {
    if (this.#storedLines >= MAX_SESSION_LINES) return
    if (this.#head.length < HEAD_LINES) this.#head.push(line)
    else {
      this.#tail[this.#tailCount % TAIL_LINES] = line
      this.#tailCount += 1
    }
  }

  get isEmpty(): boolean {
    return this.#head.length === 0
  }

  /** The lines, which are forgotten here. */
  take(): string[] {
    const leftOut = this.#tailCount - this.#tail.length
    const newestAt = this.#tailCount % TAIL_LINES
    const tail = leftOut > 0 ? [...this.#tail.slice(newestAt), ...this.#tail.slice(0, newestAt)] : this.#tail
    const lines = leftOut > 0 ? [...this.#head, `(${leftOut} lines left out)`, ...tail] : [...this.#head, ...tail]
    this.#storedLines += lines.length
    this.#head = []
    this.#tail = []
    this.#tailCount = 0
    return lines
  }
}
