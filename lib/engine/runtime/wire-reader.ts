/**
 * The one reader of bytes from a peer, shared by all protocols.
 *
 * Guarantees: a line ends at CRLF (RFC 5321 §2.3.8, RFC 9051 §2.2) and a bare LF never ends one silently; a read has a
 * deadline that no trickle of bytes moves; memory is bounded by the caller's limit plus one socket read.
 * One read at a time: a session asks for the next thing when it has finished with the last.
 */
import { DotReader, type ReceivedText } from './dot-reader.ts'
import type { InterruptReason } from './errors.ts'
import {
  BareLineFeed,
  InputEnded,
  LineTooLong,
  NoRoom,
  SessionInterrupted,
  TimedOut,
  type WireError,
} from './errors.ts'
import type { TextBudget } from './text-budget.ts'

export type { ReceivedText } from './dot-reader.ts'

/** What the reader needs of the socket under it. */
export type Flow = { pause(): void; resume(): void }

const CR = 0x0d
const LF = 0x0a
const EMPTY = Buffer.alloc(0)
/** Input that nobody has asked for yet; beyond it the peer has to wait. */
const MAX_UNREAD_BYTES = 262_144
/** The slowest sender that is not mistaken for an attack (slow loris). */
const MIN_BYTES_PER_SECOND = 500
/** After a bare line break the text cannot be accepted any more; this long the rest is awaited. */
const DRAIN_MS = 5_000

type Read = {
  /** Takes what has arrived; true when the read is finished (resolved or failed). */
  readonly progress: () => boolean
  readonly fail: (error: WireError) => void
  readonly interruptible: boolean
  /** Called at the deadline; the default is to fail. */
  readonly expire?: () => void
}

export class WireReader {
  readonly #flow: Flow
  #unread: Buffer = EMPTY
  #scanned = 0
  #dropping = false
  #read: Read | null = null
  #ended = false
  #closed = false
  #interrupted: InterruptReason | null = null
  #timer: NodeJS.Timeout | null = null
  #timerMs = 0

  constructor(flow: Flow) {
    this.#flow = flow
  }

  get interrupted(): InterruptReason | null {
    return this.#interrupted
  }

  hasPendingInput(): boolean {
    return this.#unread.length > 0
  }

  /** Bytes from the socket. */
  push(chunk: Buffer): void {
    if (this.#closed) return
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk])
    if (this.#read !== null) this.#advance()
    if (this.#unread.length > MAX_UNREAD_BYTES && this.#read === null) this.#flow.pause()
  }

  /** The peer has closed, or the connection broke. */
  end(): void {
    this.#ended = true
    this.#settle()?.fail(new InputEnded('the peer closed the connection'))
  }

  interrupt(reason: InterruptReason): void {
    this.#interrupted ??= reason
    if (this.#read?.interruptible) this.#settle()?.fail(new SessionInterrupted(this.#interrupted))
  }

  /** @returns the line without its CRLF */
  readLine({ maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }): Promise<Buffer> {
    if (this.#interrupted !== null) return Promise.reject(new SessionInterrupted(this.#interrupted))
    return this.#start(timeoutMs, true, (resolve, fail) => () => this.#takeLine(maxBytes, resolve, fail))
  }

  /** @param limits with `budget` for what is large @throws NoRoom */
  readBytes(count: number, { timeoutMs, budget }: { timeoutMs: number; budget?: TextBudget }): Promise<Buffer> {
    const slices: Buffer[] = []
    let missing = count
    let isDropped = false
    const drop = () => {
      isDropped = true
      slices.length = 0
      holding?.giveBack()
    }
    const holding = budget?.open(drop)
    const read = this.#start<Buffer>(deadlineFor(count, timeoutMs), false, (resolve, fail) => () => {
      const slice = this.#consume(Math.min(missing, this.#unread.length))
      missing -= slice.length
      if (!isDropped && holding?.take(slice.length) === false) drop()
      if (!isDropped && slice.length > 0) slices.push(slice)
      if (missing > 0) return false
      if (isDropped) fail(new NoRoom('too much is coming in at the same time'))
      else resolve(slices.length === 1 ? (slices[0] as Buffer) : Buffer.concat(slices, count))
      return true
    })
    return holding === undefined ? read : read.finally(() => holding.giveBack())
  }

  /** Reads and forgets: a literal that was refused but is already on its way. */
  skipBytes(count: number, { timeoutMs }: { timeoutMs: number }): Promise<void> {
    let missing = count
    return this.#start(deadlineFor(count, timeoutMs), false, (resolve) => () => {
      missing -= this.#consume(Math.min(missing, this.#unread.length)).length
      if (missing === 0) resolve()
      return missing === 0
    })
  }

  /** The text after DATA. A text with bare line breaks is read on for a moment, so that the answer can be heard. */
  readDotTerminated({ maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }): Promise<ReceivedText> {
    const reader = new DotReader(maxBytes)
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const fail = (error: WireError) => {
        reader.discard()
        reject(error)
      }
      const finish = () => {
        resolve(reader.finish())
        return true
      }
      const progress = () => {
        const taken = this.#unread.length === 0 ? -1 : reader.take(this.#unread)
        this.#consume(taken < 0 ? this.#unread.length : taken)
        if (taken >= 0) return finish()
        const elapsedMs = performance.now() - startedAt
        if (elapsedMs > timeoutMs + (reader.totalBytes / MIN_BYTES_PER_SECOND) * 1_000) return expire()
        this.#arm(reader.bareLineBreak ? DRAIN_MS : timeoutMs)
        return false
      }
      const expire = () => {
        if (reader.bareLineBreak) return finish()
        fail(new TimedOut('the text came too slowly'))
        return true
      }
      this.#begin({ progress, fail, interruptible: false, expire }, timeoutMs)
    })
  }

  #start<Value>(
    timeoutMs: number,
    interruptible: boolean,
    makeProgress: (resolve: (value: Value) => void, fail: (error: WireError) => void) => () => boolean,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#begin({ progress: makeProgress(resolve, reject), fail: reject, interruptible }, timeoutMs)
    })
  }

  #begin(read: Read, timeoutMs: number): void {
    if (this.#read !== null) throw new Error('a read is already under way')
    this.#read = read
    this.#arm(timeoutMs)
    if (this.#unread.length > 0 && this.#advance()) return
    if (this.#ended) this.#settle()?.fail(new InputEnded('the peer closed the connection'))
  }

  /** @returns true when the read has come to its end */
  #advance(): boolean {
    const isDone = this.#read?.progress() ?? true
    if (isDone) this.#settle()
    if (this.#unread.length <= MAX_UNREAD_BYTES) this.#flow.resume()
    return isDone
  }

  #settle(): Read | null {
    const read = this.#read
    this.#read = null
    return read
  }

  #takeLine(maxBytes: number, resolve: (line: Buffer) => void, fail: (error: WireError) => void): boolean {
    const end = this.#unread.indexOf(LF, this.#scanned)
    if (end < 0) {
      this.#scanned = this.#unread.length
      // One more for the CR whose LF has not come yet.
      if (this.#unread.length > maxBytes + 1) {
        this.#dropping = true
        this.#consume(this.#unread.length)
      }
      return false
    }
    const isTooLong = this.#dropping || end > maxBytes + 1
    const line = this.#consume(end + 1).subarray(0, end)
    this.#dropping = false
    if (isTooLong) fail(new LineTooLong(`a line of more than ${maxBytes} bytes`))
    else if (line[end - 1] === CR) resolve(line.subarray(0, end - 1))
    else fail(new BareLineFeed('a line that ends with LF alone'))
    return true
  }

  #consume(count: number): Buffer {
    const taken = this.#unread.subarray(0, count)
    this.#unread = count === this.#unread.length ? EMPTY : this.#unread.subarray(count)
    this.#scanned = 0
    return taken
  }

  /** One timer per connection: it is moved, not made anew, while the same deadline is asked for. */
  #arm(ms: number): void {
    if (this.#timer !== null && this.#timerMs === ms) {
      this.#timer.refresh()
      return
    }
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timerMs = ms
    this.#timer = setTimeout(() => this.#expire(), ms)
    this.#timer.unref()
  }

  #expire(): void {
    this.#timer = null
    const read = this.#settle()
    if (read?.expire) read.expire()
    else read?.fail(new TimedOut('no answer in time'))
  }

  /** What still comes is dropped; no timer outlives its connection. */
  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.end()
  }
}

/** A large transfer may take as long as the slowest honest sender needs. */
function deadlineFor(count: number, timeoutMs: number): number {
  return timeoutMs + Math.ceil(count / MIN_BYTES_PER_SECOND) * 1_000
}
