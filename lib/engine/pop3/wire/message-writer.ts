/**
 * A stored message as POP3 sends it: CRLF lines, dots stuffed, "." at the end (RFC 1939 §3).
 *
 * Guarantees, whatever is stored:
 * - every line break is CRLF and a "." after any line break is doubled, so no message can end the answer early or smuggle
 *   a second one past a client;
 * - there is an empty line between header and body, even when the message has no body (Outlook Express and Netscape
 *   wait for it);
 * - no NUL: it becomes 0x80 (Outlook waits for ever behind one).
 * State is kept across slices: a CR and its LF may come in different ones.
 */

const NUL = 0x00
const LF = 0x0a
const CR = 0x0d
const DOT = 0x2e

const IN_LINE = 0
const LINE_START = 1
const AFTER_CR = 2
const AFTER_CR_OF_EMPTY_LINE = 3

const LF_BYTE = Buffer.from('\n')
const CR_BYTE = Buffer.from('\r')
const DOT_BYTE = Buffer.from('.')
const NUL_SUBSTITUTE = Buffer.from([0x80])
const CRLF = Buffer.from('\r\n')
const END = Buffer.from('.\r\n')

export class MessageWriter {
  readonly #maxBodyLines: number
  #state = LINE_START
  #isInBody = false
  #bodyLines = 0
  #out: Buffer[] = []

  /** @param maxBodyLines lines after the header; what follows them is left out (TOP) */
  constructor(maxBodyLines = Number.POSITIVE_INFINITY) {
    this.#maxBodyLines = maxBodyLines
  }

  /** All lines that were asked for have been written. */
  get isComplete(): boolean {
    return this.#isInBody && this.#bodyLines >= this.#maxBodyLines
  }

  /** @returns what to send for this slice */
  write(slice: Buffer): Buffer {
    if (this.isComplete) return Buffer.alloc(0)
    this.#out = []
    const keptFrom = this.#scan(slice)
    if (this.#out.length === 0) return slice
    if (keptFrom < slice.length) this.#out.push(slice.subarray(keptFrom))
    return Buffer.concat(this.#out)
  }

  /** @returns the end of the answer; of a message that does not end its last line or its header, that too */
  end(): Buffer {
    const missing: Buffer[] = []
    if (!this.isComplete) {
      if (this.#state === IN_LINE) missing.push(CRLF)
      if (this.#state === AFTER_CR || this.#state === AFTER_CR_OF_EMPTY_LINE) missing.push(LF_BYTE)
      if (!this.#isInBody && this.#state !== AFTER_CR_OF_EMPTY_LINE) missing.push(CRLF)
    }
    return Buffer.concat([...missing, END])
  }

  /** @returns from where on the slice goes out as it is; what is before went into #out. Its length: nothing is left. */
  #scan(slice: Buffer): number {
    let state = this.#state
    let from = 0
    for (let index = 0; index < slice.length; index += 1) {
      const byte = slice[index] as number
      if (state === IN_LINE && byte > CR) continue
      if (byte === LF) {
        if (state === IN_LINE || state === LINE_START) from = this.#insert(slice, from, index, CR_BYTE)
        if (this.#endLine(state === LINE_START || state === AFTER_CR_OF_EMPTY_LINE)) {
          this.#out.push(slice.subarray(from, index + 1))
          return slice.length
        }
        state = LINE_START
        continue
      }
      if (state === AFTER_CR || state === AFTER_CR_OF_EMPTY_LINE) {
        from = this.#insert(slice, from, index, LF_BYTE)
        if (this.#endLine(state === AFTER_CR_OF_EMPTY_LINE)) return slice.length
        state = LINE_START
      }
      if (byte === CR) {
        state = state === LINE_START ? AFTER_CR_OF_EMPTY_LINE : AFTER_CR
        continue
      }
      if (byte === DOT && state === LINE_START) from = this.#insert(slice, from, index, DOT_BYTE)
      else if (byte === NUL) from = this.#insert(slice, from, index, NUL_SUBSTITUTE) + 1
      state = IN_LINE
    }
    this.#state = state
    return from
  }

  #insert(slice: Buffer, from: number, at: number, bytes: Buffer): number {
    if (at > from) this.#out.push(slice.subarray(from, at))
    this.#out.push(bytes)
    return at
  }

  /** @returns true when no further line was asked for */
  #endLine(isEmpty: boolean): boolean {
    if (this.#isInBody) this.#bodyLines += 1
    else if (isEmpty) this.#isInBody = true
    return this.isComplete
  }
}
