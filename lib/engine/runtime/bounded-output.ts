/**
 * What a session writes to a client that may not read it.
 *
 * Guarantees: an answer of any length waits for its reader in bounded memory, and not for ever: a lock on a mailbox
 * must not outlive a client that takes nothing.
 */
import type { Connection } from './connection.ts'
import { TimedOut } from './errors.ts'

const MAX_STALL_MS = 300_000

export class BoundedOutput {
  readonly #connection: Connection
  readonly #maxUnsentBytes: number
  #unsentBytes = 0

  constructor(connection: Connection, maxUnsentBytes: number) {
    this.#connection = connection
    this.#maxUnsentBytes = maxUnsentBytes
  }

  write(bytes: string | Buffer): void {
    this.#unsentBytes += bytes.length
    this.#connection.write(bytes)
  }

  /** To be awaited between the parts of a long answer and after each command. @throws TimedOut */
  async makeRoom(): Promise<void> {
    if (this.#unsentBytes < this.#maxUnsentBytes) return
    this.#unsentBytes = 0
    let isStalled = false
    const timer = setTimeout(() => {
      isStalled = true
      this.#connection.destroy()
    }, MAX_STALL_MS)
    await this.#connection.drained()
    clearTimeout(timer)
    if (isStalled) throw new TimedOut('the client takes no bytes')
  }
}
