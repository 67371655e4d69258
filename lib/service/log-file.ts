/** What a child process says, kept in a file that does not grow for ever: the older half is `<name>.1`. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'

const MAX_BYTES = 20_000_000
const MAX_LAST_WORDS = 4_000

export class LogFile {
  readonly path: string
  #bytes: number
  #lastWords = ''

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true })
    this.path = path
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }

  collect(...streams: (Readable | null)[]): void {
    for (const stream of streams) stream?.on('data', (bytes: Buffer) => this.#append(bytes))
  }

  /** The end of what was said, for the sentence that explains a failure. */
  lastLines(count: number): string {
    return this.#lastWords.trimEnd().split('\n').slice(-count).join('\n')
  }

  #append(bytes: Buffer): void {
    if (this.#bytes + bytes.length > MAX_BYTES) {
      renameSync(this.path, `${this.path}.1`)
      this.#bytes = 0
    }
    appendFileSync(this.path, bytes, { mode: 0o600 })
    this.#bytes += bytes.length
    this.#lastWords = (this.#lastWords + bytes.toString()).slice(-MAX_LAST_WORDS)
  }
}
