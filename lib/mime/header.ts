/**
 * The header of a message, or of a MIME part, as offsets into its bytes (RFC 5322 §2.2).
 *
 * Guarantees: linear time, nothing is copied but field names; CRLF and (in old mail) bare LF both end a line; a line
 * that is no field ends up inside the field before it, so that no byte is lost when fields are sent on.
 */

export type HeaderField = {
  /** lower case */
  readonly name: string
  /** where the name begins */
  readonly start: number
  /** after the colon */
  readonly valueStart: number
  /** after the last line break of the field */
  readonly end: number
}

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const TAB = 0x09
const COLON = 0x3a

/** RFC 5322 puts no limit on names; no real one comes near this. */
const MAX_NAME_BYTES = 256

function nextLine(bytes: Buffer, from: number, end: number): number {
  const lineFeed = bytes.indexOf(LF, from)
  return lineFeed < 0 || lineFeed >= end ? end : lineFeed + 1
}

function isEmptyLine(bytes: Buffer, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)
}

/** @returns where the body begins: after the empty line, or `end` when there is none */
export function findBody(bytes: Buffer, start: number, end: number): number {
  for (let line = start; line < end; ) {
    const next = nextLine(bytes, line, end)
    if (isEmptyLine(bytes, line)) return next
    line = next
  }
  return end
}

/** @returns the colon's offset, or -1 when the line does not begin a field */
function findColon(bytes: Buffer, start: number, lineEnd: number): number {
  const limit = Math.min(lineEnd, start + MAX_NAME_BYTES)
  for (let at = start; at < limit; at++) {
    const byte = bytes[at] as number
    if (byte === COLON) return at === start ? -1 : at
    if (byte < 0x21 || byte > 0x7e) return isObsoleteSpace(bytes, at, lineEnd)
  }
  return -1
}

/** `Subject : text` was allowed once (RFC 5322 §4.5.8), with as many blanks as one likes. */
function isObsoleteSpace(bytes: Buffer, from: number, lineEnd: number): number {
  let at = from
  while (at < lineEnd && (bytes[at] === SPACE || bytes[at] === TAB)) at++
  return at > from && bytes[at] === COLON ? at : -1
}

/** The fields in order. `end` is where the header ends: {@link findBody} or an upper bound of it. */
export function* scanFields(bytes: Buffer, start: number, end: number): Generator<HeaderField> {
  let open: { name: string; start: number; valueStart: number } | null = null
  let line = start
  while (line < end && !isEmptyLine(bytes, line)) {
    const next = nextLine(bytes, line, end)
    const isContinuation: boolean = open !== null && (bytes[line] === SPACE || bytes[line] === TAB)
    const colon: number = isContinuation ? -1 : findColon(bytes, line, next)
    if (colon >= 0) {
      if (open) yield { ...open, end: line }
      open = { name: bytes.toString('latin1', line, colon).trimEnd().toLowerCase(), start: line, valueStart: colon + 1 }
    }
    line = next
  }
  if (open) yield { ...open, end: line }
}

/** The value's bytes with folding undone: line breaks go, the white space after them stays (RFC 5322 §2.2.3). */
export function unfold(bytes: Buffer, start: number, end: number): Buffer {
  let from = start
  while (from < end && (bytes[from] === SPACE || bytes[from] === TAB)) from++
  if (nextLine(bytes, from, end) === end) return bytes.subarray(from, contentEnd(bytes, from, end))
  const unfolded = Buffer.allocUnsafe(end - from)
  let length = 0
  for (let line = from; line < end; line = nextLine(bytes, line, end)) {
    length += bytes.copy(unfolded, length, line, contentEnd(bytes, line, end))
  }
  return unfolded.subarray(0, length)
}

/** Where the line that begins at `from` has its line break. */
function contentEnd(bytes: Buffer, from: number, end: number): number {
  let lineEnd = nextLine(bytes, from, end)
  while (lineEnd > from && (bytes[lineEnd - 1] === LF || bytes[lineEnd - 1] === CR)) lineEnd--
  return lineEnd
}
