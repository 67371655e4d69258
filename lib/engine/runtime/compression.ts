/**
 * DEFLATE in both directions of a connection (RFC 4978).
 *
 * Guarantees: bounded memory — inflated bytes wait in pieces of 16 KiB until the session asks for more, and the peer
 * waits with them; about 300 KiB per compressed connection for the two windows. A peer that sends a bomb (more than
 * MAX_RATIO bytes for each one that came) is cut off. What a session writes in one turn is flushed as one.
 */
import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib'

/** What compression needs of the connection around it. */
export type CompressedEnds = {
  /** bytes for the session */
  readonly received: (bytes: Buffer) => void
  /** bytes for the socket */
  readonly send: (bytes: Buffer) => void
  readonly pauseSocket: () => void
  readonly resumeSocket: () => void
  /** what came is no DEFLATE, or a bomb */
  readonly fail: () => void
}

/** Text is packed five to ten times; DEFLATE itself ends at about 1,000. */
const MAX_RATIO = 200
const ALWAYS_ALLOWED_BYTES = 1_048_576

export class Compression {
  readonly #ends: CompressedEnds
  readonly #inflate: InflateRaw = createInflateRaw()
  readonly #deflate: DeflateRaw = createDeflateRaw({ flush: constants.Z_NO_FLUSH })
  #receivedBytes = 0
  #inflatedBytes = 0

  constructor(ends: CompressedEnds) {
    this.#ends = ends
    this.#inflate.on('data', (bytes: Buffer) => this.#take(bytes))
    this.#inflate.on('drain', ends.resumeSocket)
    this.#inflate.on('error', ends.fail)
    this.#deflate.on('data', ends.send)
    this.#deflate.on('error', ends.fail)
  }

  #take(bytes: Buffer): void {
    this.#inflatedBytes += bytes.length
    if (this.#inflatedBytes > ALWAYS_ALLOWED_BYTES + MAX_RATIO * this.#receivedBytes) this.#ends.fail()
    else this.#ends.received(bytes)
  }

  /** From the socket. */
  receive(chunk: Buffer): void {
    this.#receivedBytes += chunk.length
    if (!this.#inflate.write(chunk)) this.#ends.pauseSocket()
  }

  /** Calls back when everything that came has been handed on. */
  finishInput(done: () => void): void {
    if (this.#inflate.destroyed) done()
    else this.#inflate.flush(done)
  }

  pauseInput(): void {
    this.#inflate.pause()
  }

  resumeInput(): void {
    this.#inflate.resume()
  }

  write(bytes: string | Buffer): void {
    this.#deflate.write(bytes)
  }

  /** Resolves when the socket has all that was written. */
  flush(): Promise<void> {
    if (this.#deflate.destroyed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#deflate.once('close', resolve)
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => {
        this.#deflate.off('close', resolve)
        resolve()
      })
    })
  }

  destroy(): void {
    this.#inflate.destroy()
    this.#deflate.destroy()
  }
}
