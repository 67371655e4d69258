/**
 * The text that follows DATA: up to CRLF "." CRLF and nothing else, with the stuffed dots taken out (RFC 5321 §4.5.2).
 *
 * Guarantees: no other sequence of CR, LF and "." ends the text (SMTP smuggling lives on servers that are generous
 * here); memory stays below `maxBytes` whatever comes, and within the budget of the process. Bare CR and LF are seen and
 * reported, never mended silently.
 */
import { type Holding, incomingTexts } from './text-budget.ts'

export type ReceivedText = {
  /** dot-unstuffed, ends with CRLF; empty when it was too large, or there was no room for it */
  readonly bytes: Buffer
  readonly tooLarge: boolean
  /** too much else was coming in at the same time */
  readonly noRoom: boolean
  readonly bareLineBreak: boolean
  readonly hasNul: boolean
  readonly longestLineBytes: number
  readonly eightBit: boolean
  /** To be called when the bytes are of no more use. */
  release(): void
}

const CR = 0x0d
const LF = 0x0a
const DOT = 0x2e
const CR_BYTE = Buffer.from([CR])

const LINE_START = 0
const DOT_AT_START = 1
const DOT_CR = 2
const IN_LINE = 3
const IN_LINE_CR = 4

export class DotReader {
  readonly #maxBytes: number
  readonly #holding: Holding
  #state = LINE_START
  #slices: Buffer[] = []
  #storedBytes = 0
  #totalBytes = 0
  #lineBytes = 0
  #longestLineBytes = 0
  #eightBit = false
  #hasNul = false
  #bareLineBreak = false
  #noRoom = false

  constructor(maxBytes: number, budget = incomingTexts) {
    this.#maxBytes = maxBytes
    this.#holding = budget.open(() => this.#drop())
  }

  get bareLineBreak(): boolean {
    return this.#bareLineBreak
  }

  get totalBytes(): number {
    return this.#totalBytes
  }

  /** @returns how many bytes of the chunk belong to the text and its end, or -1 when the end has not come yet */
  take(chunk: Buffer): number {
    let state = this.#state
    let keepFrom = 0
    let lineStart = 0
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number
      if (state === IN_LINE) {
        if (byte === CR) state = IN_LINE_CR
        else if (byte === LF) {
          this.#bareLineBreak = true
          lineStart = this.#endLine(index, lineStart)
        } else if (byte >= 0x80) this.#eightBit = true
        else if (byte === 0) this.#hasNul = true
        continue
      }
      if (state === LINE_START && byte === DOT) {
        this.#keep(chunk.subarray(keepFrom, index))
        keepFrom = index + 1
        state = DOT_AT_START
        continue
      }
      if (state === DOT_AT_START && byte === CR) {
        keepFrom = index + 1
        state = DOT_CR
        continue
      }
      if (state === DOT_CR) {
        if (byte === LF) return index + 1
        // ".CR" was not the end: the dot was stuffing, the CR is a bare one and belongs to the text.
        this.#keep(CR_BYTE)
        this.#bareLineBreak = true
      }
      if (state === IN_LINE_CR && byte === LF) {
        lineStart = this.#endLine(index - 1, lineStart)
        state = LINE_START
        continue
      }
      if (state === IN_LINE_CR) this.#bareLineBreak = true
      state = this.#firstOfRun(byte)
      if (byte === LF) lineStart = this.#endLine(index, lineStart)
    }
    this.#lineBytes += chunk.length - lineStart
    this.#state = state
    this.#keep(chunk.subarray(keepFrom))
    return -1
  }

  finish(): ReceivedText {
    this.#holding.settle()
    const bytes = Buffer.concat(this.#slices, this.#storedBytes)
    return {
      bytes,
      tooLarge: this.#totalBytes > this.#maxBytes,
      noRoom: this.#noRoom,
      bareLineBreak: this.#bareLineBreak,
      hasNul: this.#hasNul,
      longestLineBytes: Math.max(this.#longestLineBytes, this.#lineBytes),
      eightBit: this.#eightBit,
      release: () => this.discard(),
    }
  }

  /** Nobody waits for the text any more. */
  discard(): void {
    this.#holding.giveBack()
    this.#slices = []
    this.#storedBytes = 0
  }

  #drop(): void {
    this.#noRoom = true
    this.discard()
  }

  /** A byte that begins a run within a line. LF here has no CR before it, so the line does not end for the protocol. */
  #firstOfRun(byte: number): number {
    if (byte === CR) return IN_LINE_CR
    if (byte === LF) this.#bareLineBreak = true
    else if (byte >= 0x80) this.#eightBit = true
    else if (byte === 0) this.#hasNul = true
    return IN_LINE
  }

  #endLine(end: number, start: number): number {
    const lineBytes = this.#lineBytes + end - start
    if (lineBytes > this.#longestLineBytes) this.#longestLineBytes = lineBytes
    this.#lineBytes = 0
    return end + 1
  }

  #keep(slice: Buffer): void {
    this.#totalBytes += slice.length
    if (this.#totalBytes > this.#maxBytes || this.#noRoom) this.discard()
    else if (!this.#holding.take(slice.length)) this.#drop()
    else if (slice.length > 0) {
      this.#slices.push(slice)
      this.#storedBytes += slice.length
    }
  }
}
