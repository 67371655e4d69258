/**
 * Where a section of FETCH lies in the bytes of a message (RFC 3501 §6.4.5, RFC 9051 §6.4.5.1).
 *
 * Guarantees: offsets only, so that a caller may read just those bytes; a part that does not exist is null (the answer
 * is then NIL), never an error.
 */
import { findBody, scanFields } from './header.ts'
import type { MimePart } from './structure.ts'

export type SectionText = 'HEADER' | 'TEXT' | 'MIME' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT'

/** `[]` is path [] and text null; `[1.2.HEADER]` is path [1, 2] and text HEADER. */
export type Section = {
  readonly path: readonly number[]
  readonly text: SectionText | null
  /** lower case; of HEADER.FIELDS and HEADER.FIELDS.NOT */
  readonly fields: readonly string[]
}

export type ByteRange = { readonly start: number; readonly end: number }

/** The part a number means within `part`: of a multipart, a child; of anything else, number 1 is the part itself. */
function step(part: MimePart, number: number, isFirst: boolean): MimePart | null {
  const holder = part.message && !isFirst ? part.message.root : part
  if (holder.type.toLowerCase() === 'multipart' && holder.children.length > 0)
    return holder.children[number - 1] ?? null
  // The numbers of an embedded message go on after the message part's own (RFC 3501: "4.2.1" in its example).
  return number === 1 && (isFirst || part.message) ? holder : null
}

export function findPart(root: MimePart, path: readonly number[]): MimePart | null {
  let part: MimePart | null = root
  for (const [index, number] of path.entries()) {
    if (part === null) return null
    part = step(part, number, index === 0)
  }
  return part
}

/** @returns null when the message has no such section */
export function findSection(root: MimePart, section: Section): ByteRange | null {
  const { path, text } = section
  if (path.length === 0) return wholeOf(root, text, true)
  const part = findPart(root, path)
  if (part === null) return null
  if (text === null) return { start: part.bodyStart, end: part.end }
  if (text === 'MIME') return { start: part.start, end: part.bodyStart }
  return part.message ? wholeOf(part.message.root, text, false) : null
}

function wholeOf(root: MimePart, text: SectionText | null, isMessage: boolean): ByteRange | null {
  if (text === null) return { start: root.start, end: root.end }
  if (text === 'MIME') return isMessage ? null : { start: root.start, end: root.bodyStart }
  return text === 'TEXT' ? { start: root.bodyStart, end: root.end } : { start: root.start, end: root.bodyStart }
}

/** Of a header, only the fields asked for (or all others), then the empty line that every header answer ends with. */
export function selectFields(header: Buffer, fields: readonly string[], isNegated: boolean): Buffer {
  const wanted = new Set(fields)
  const bodyStart = findBody(header, 0, header.length)
  const pieces: Buffer[] = []
  for (const field of scanFields(header, 0, bodyStart)) {
    if (wanted.has(field.name) !== isNegated) pieces.push(header.subarray(field.start, field.end))
  }
  return Buffer.concat([...pieces, Buffer.from('\r\n')])
}
