/**
 * What a child process says, kept in a file that does not grow for ever: the older half is `<name>.1`.
 *
 * Guarantees: a disk that takes nothing costs lines of a log and nothing else; how many is written down when it takes
 * some again.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'

const MAX_BYTES = 20_000_000
const MAX_LAST_WORDS = 4_000

export class LogFile {
  readonly path: string
  #bytes: number
  #lostBytes = 0
  #lastWords = ''

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true })
    this.path = path
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }

  collect(...streams: (Readable | null)[]): void {
    for (const stream of streams) stream?.on('data', (bytes: Buffer) => this.#keep(bytes))
  }

  /** The end of what was said, for the sentence that explains a failure. */
  lastLines(count: number): string {
    return this.#lastWords.trimEnd().split('\n').slice(-count).join('\n')
  }

  #keep(bytes: Buffer): void {
    this.#lastWords = (this.#lastWords + bytes.toString()).slice(-MAX_LAST_WORDS)
    try {
      this.#append(this.#lostBytes === 0 ? bytes : Buffer.concat([this.#lossNote(), bytes]))
      this.#lostBytes = 0
    } catch {
      this.#lostBytes += bytes.length
    }
  }

  #lossNote(): Buffer {
    return Buffer.from(`\n(${this.#lostBytes} bytes of this log could not be written)\n`)
  }

  #append(bytes: Buffer): void {
    if (this.#bytes + bytes.length > MAX_BYTES) {
      renameSync(this.path, `${this.path}.1`)
      this.#bytes = 0
    }
    appendFileSync(this.path, bytes, { mode: 0o600 })
    this.#bytes += bytes.length
  }
}
