/**
 * The mailbox within a session: the maildrop of the login and what has been marked since (RFC 1939 §5).
 * Marks live here only; the store hears of them at QUIT.
 */
import type { Maildrop } from '../store/maildrop.ts'

export class OpenMailbox {
  readonly maildrop: Maildrop
  readonly #marked = new Set<number>()
  #markedBytes = 0
  /** the highest number that was read, for LAST */
  lastRead = 0
  readCount = 0

  constructor(maildrop: Maildrop) {
    this.maildrop = maildrop
  }

  /** messages that are not marked */
  get count(): number {
    return this.maildrop.listing.count - this.#marked.size
  }

  get totalBytes(): number {
    return this.maildrop.listing.totalBytes - this.#markedBytes
  }

  get marked(): number[] {
    return [...this.#marked]
  }

  isMarked(number: number): boolean {
    return this.#marked.has(number)
  }

  mark(number: number): void {
    this.#marked.add(number)
    this.#markedBytes += this.maildrop.listing.sizeBytes(number)
  }

  noteRead(number: number): void {
    this.readCount += 1
    this.lastRead = Math.max(this.lastRead, number)
  }

  reset(): void {
    this.#marked.clear()
    this.#markedBytes = 0
    this.lastRead = 0
  }

  /** @returns why a command cannot have this message; null when it can */
  faultOf(number: number): string | null {
    const { count } = this.maildrop.listing
    if (!this.maildrop.listing.has(number))
      return count === 0 ? 'There are no messages' : `No such message, only ${count}`
    return this.isMarked(number) ? `Message ${number} is marked for deletion` : null
  }
}
