/**
 * The MIME structure of a message as offsets into its bytes (RFC 2045, RFC 2046).
 *
 * One pass over the bytes, whatever the nesting: all open boundaries are compared at once. The result is plain data that
 * can be kept as JSON beside the message; BODYSTRUCTURE and the offsets of every section come from it without reading
 * the bytes again. Budgets: MAX_DEPTH levels, MAX_PARTS parts; what lies beyond stays an opaque part, nothing is lost.
 */

import { decodeUnlabelled } from './charset.ts'
import {
  type ContentType,
  findParameter,
  type Parameter,
  type Parameterised,
  parseContentType,
  parseParameterised,
  parseTokens,
} from './content-fields.ts'
import { scanFields, unfold } from './header.ts'
import { imapEnvelope } from './imap-envelope.ts'

export type MimePart = {
  /** where the part's header begins */
  readonly start: number
  readonly bodyStart: number
  /** exclusive; the line break before a boundary belongs to the boundary */
  readonly end: number
  readonly lines: number
  readonly type: string
  readonly subtype: string
  readonly parameters: readonly Parameter[]
  readonly id: string | null
  readonly description: string | null
  readonly encoding: string
  readonly md5: string | null
  readonly disposition: Parameterised | null
  readonly languages: readonly string[]
  readonly location: string | null
  /** of a multipart */
  readonly children: readonly MimePart[]
  /** of a message/rfc822: its root part and its envelope in wire form */
  readonly message: { readonly root: MimePart; readonly envelope: string } | null
}

const MAX_DEPTH = 64
const MAX_PARTS = 2_000
/** RFC 2046 §5.1.1 says 70; some clients of 2002 are longer. */
const MAX_BOUNDARY_BYTES = 200
const MAX_FIELD_BYTES = 65_536
const LF = 0x0a
const CR = 0x0d
const DASH = 0x2d
const LINE_WITH_DASHES = Buffer.from('\n--')

type BoundaryLine = {
  /** index in the stack of open boundaries */
  readonly level: number
  readonly isLast: boolean
  /** where the part before it ends */
  readonly contentEnd: number
  /** after the line break */
  readonly end: number
}

type PartFields = Pick<
  MimePart,
  'id' | 'description' | 'encoding' | 'md5' | 'disposition' | 'languages' | 'location'
> & {
  readonly contentType: ContentType
}

const plainText: ContentType = { type: 'text', subtype: 'plain', parameters: [] }
const embeddedMessage: ContentType = { type: 'message', subtype: 'rfc822', parameters: [] }

function readFields(bytes: Buffer, start: number, end: number, byDefault: ContentType): PartFields {
  const fields = new Map<string, string>()
  for (const field of scanFields(bytes, start, end)) {
    if (!field.name.startsWith('content-') || fields.has(field.name)) continue
    const valueEnd = Math.min(field.end, field.valueStart + MAX_FIELD_BYTES)
    fields.set(field.name, decodeUnlabelled(unfold(bytes, field.valueStart, valueEnd)).trim())
  }
  const text = (name: string) => fields.get(name) ?? null
  const disposition = text('content-disposition')
  return {
    contentType: parseContentType(text('content-type') ?? '') ?? byDefault,
    id: text('content-id'),
    description: text('content-description'),
    encoding: parseParameterised(text('content-transfer-encoding') ?? '')?.value ?? '7bit',
    md5: text('content-md5'),
    disposition: disposition === null ? null : parseParameterised(disposition),
    languages: parseTokens(text('content-language') ?? ''),
    location: text('content-location'),
  }
}

class StructureScanner {
  private readonly bytes: Buffer
  private readonly boundaries: string[] = []
  private parts = 0
  /** the boundary line that ended the part read last; null at the end of the message */
  private stop: BoundaryLine | null = null
  private countedTo = 0
  private lineFeeds = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** Line feeds before `offset`; offsets come almost in order, so that every byte is looked at about once. */
  private lineFeedsBefore(offset: number): number {
    const step = offset < this.countedTo ? -1 : 1
    const [from, to] = step > 0 ? [this.countedTo, offset] : [offset, this.countedTo]
    for (let at = this.bytes.indexOf(LF, from); at >= 0 && at < to; at = this.bytes.indexOf(LF, at + 1)) {
      this.lineFeeds += step
    }
    this.countedTo = offset
    return this.lineFeeds
  }

  private lineEnd(start: number): number {
    const lineFeed = this.bytes.indexOf(LF, start)
    return lineFeed < 0 ? this.bytes.length : lineFeed + 1
  }

  /** Is the line at `start` one of the open boundaries? White space may follow (RFC 2046 §5.1.1 transport padding). */
  private boundaryAt(start: number): BoundaryLine | null {
    const { bytes } = this
    if (bytes[start] !== DASH || bytes[start + 1] !== DASH || this.boundaries.length === 0) return null
    const end = this.lineEnd(start)
    if (end - start > 2 * MAX_BOUNDARY_BYTES) return null
    const line = bytes.toString('latin1', start + 2, end).trimEnd()
    let level = this.boundaries.lastIndexOf(line)
    const isLast = level < 0 && line.endsWith('--')
    if (isLast) level = this.boundaries.lastIndexOf(line.slice(0, -2))
    if (level < 0) return null
    let contentEnd = start
    if (bytes[contentEnd - 1] === LF) contentEnd--
    if (contentEnd < start && bytes[contentEnd - 1] === CR) contentEnd--
    return { level, isLast, contentEnd, end }
  }

  /** The next boundary line at or after the line that begins at `from`. */
  private nextBoundary(from: number): BoundaryLine | null {
    if (this.boundaries.length === 0) return null
    let line = from
    while (line >= 0 && line < this.bytes.length) {
      const boundary = this.boundaryAt(line)
      if (boundary) return boundary
      const next = this.bytes.indexOf(LINE_WITH_DASHES, line)
      line = next < 0 ? -1 : next + 1
    }
    return null
  }

  /** Reads header lines up to the empty line or a boundary. @returns where the body begins; sets `stop` if at once */
  private scanHeaderEnd(start: number): number {
    this.stop = null
    for (let line = start; line < this.bytes.length; line = this.lineEnd(line)) {
      const byte = this.bytes[line]
      if (byte === LF) return line + 1
      if (byte === CR && this.bytes[line + 1] === LF) return line + 2
      this.stop = this.boundaryAt(line)
      if (this.stop) return line
    }
    return this.bytes.length
  }

  readPart(start: number, depth: number, byDefault: ContentType): MimePart {
    this.parts++
    const bodyStart = this.scanHeaderEnd(start)
    const { contentType, ...fields } = readFields(this.bytes, start, bodyStart, byDefault)
    const before = this.lineFeedsBefore(bodyStart)
    const type = contentType.type.toLowerCase()
    let children: MimePart[] = []
    let message: MimePart['message'] = null
    if (this.stop === null) {
      const boundary = type === 'multipart' ? this.usableBoundary(contentType, depth) : null
      if (boundary !== null) children = this.readChildren(bodyStart, boundary, contentType, depth)
      else if (this.isEmbeddedMessage(contentType, fields.encoding, depth)) message = this.readMessage(bodyStart, depth)
      else this.stop = this.nextBoundary(bodyStart)
    }
    const end = Math.max(bodyStart, this.stop?.contentEnd ?? this.bytes.length)
    const lines = this.lineFeedsBefore(end) - before + (end > bodyStart && this.bytes[end - 1] !== LF ? 1 : 0)
    return { start, bodyStart, end, lines, ...contentType, ...fields, children, message }
  }

  private usableBoundary({ parameters }: ContentType, depth: number): string | null {
    const boundary = Buffer.from(findParameter(parameters, 'boundary') ?? '')
      .toString('latin1')
      .trimEnd()
    return boundary === '' || boundary.length > MAX_BOUNDARY_BYTES || depth >= MAX_DEPTH ? null : boundary
  }

  /** Leaves `stop` at the boundary of an outer multipart, or null. */
  private readChildren(bodyStart: number, boundary: string, { subtype }: ContentType, depth: number): MimePart[] {
    const byDefault = subtype.toLowerCase() === 'digest' ? embeddedMessage : plainText
    const level = this.boundaries.push(boundary) - 1
    const children: MimePart[] = []
    this.stop = this.nextBoundary(bodyStart)
    while (this.stop !== null && this.stop.level === level && !this.stop.isLast && this.parts < MAX_PARTS) {
      children.push(this.readPart(this.stop.end, depth + 1, byDefault))
    }
    this.boundaries.length = level
    if (this.stop !== null && this.stop.level === level) this.stop = this.nextBoundary(this.stop.end)
    return children
  }

  /** An encoded message/rfc822 (forbidden by RFC 2046 §5.2.1, yet sent) cannot be looked into. */
  private isEmbeddedMessage({ type, subtype }: ContentType, encoding: string, depth: number): boolean {
    const isMessage = type.toLowerCase() === 'message' && /^(rfc822|global)$/i.test(subtype)
    return isMessage && /^(7bit|8bit|binary)$/i.test(encoding) && depth < MAX_DEPTH && this.parts < MAX_PARTS
  }

  private readMessage(bodyStart: number, depth: number): NonNullable<MimePart['message']> {
    const root = this.readPart(bodyStart, depth + 1, plainText)
    return { root, envelope: imapEnvelope(this.bytes.subarray(root.start, root.bodyStart)) }
  }
}

export function readStructure(message: Buffer): MimePart {
  return new StructureScanner(message).readPart(0, 0, plainText)
}
