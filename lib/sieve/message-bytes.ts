/** The bytes of a message as a script sees them, and back again after its header was edited. */
import { parseAddressList } from '#lib/mime/address-list.ts'
import { decodeCharset, decodeUnlabelled } from '#lib/mime/charset.ts'
import { findParameter } from '#lib/mime/content-fields.ts'
import { decodeWords, encodeWords } from '#lib/mime/encoded-words.ts'
import { type HeaderField as FieldPlace, findBody, scanFields, unfold } from '#lib/mime/header.ts'
import { type MimePart, readStructure } from '#lib/mime/structure.ts'
import { decodeTransferEncoding } from '#lib/mime/transfer-encoding.ts'
import type { BodyPart, HeaderField, MessageView } from './message-view.ts'

const MAX_ADDRESSES = 1_000
const MAX_PART_BYTES = 1_048_576

export function viewMessage(bytes: Buffer): MessageView {
  const bodyStart = findBody(bytes, 0, bytes.length)
  const header = [...scanFields(bytes, 0, bodyStart)].map((place, origin) => new PlacedField(bytes, place, origin))
  let parts: readonly BodyPart[] | null = null
  let raw: string | null = null
  return {
    sizeBytes: bytes.length,
    header,
    addressesIn: readAddresses,
    rawBody: () => {
      raw ??= bytes.toString('utf8', bodyStart, Math.min(bytes.length, bodyStart + MAX_PART_BYTES))
      return raw
    },
    bodyParts: () => {
      parts ??= leavesOf(readStructure(bytes)).map((part) => readPart(bytes, part))
      return parts
    },
  }
}

/** Decoded when a script asks for it: most fields are never looked at, and a message may have 100,000. */
class PlacedField implements HeaderField {
  readonly key: string
  readonly origin: number
  private readonly bytes: Buffer
  private readonly place: FieldPlace
  private decoded: string | null = null

  constructor(bytes: Buffer, place: FieldPlace, origin: number) {
    this.bytes = bytes
    this.place = place
    this.key = place.name
    this.origin = origin
  }

  get name(): string {
    return this.bytes.toString('latin1', this.place.start, this.place.valueStart - 1).trim()
  }

  get raw(): string {
    return decodeUnlabelled(unfold(this.bytes, this.place.valueStart, this.place.end)).trim()
  }

  get value(): string {
    this.decoded ??= decodeWords(this.raw).trim()
    return this.decoded
  }
}

function readAddresses(raw: string): string[] {
  return parseAddressList(raw, MAX_ADDRESSES).flatMap((address) =>
    address.kind === 'address' && address.host !== '' ? [`${address.mailbox}@${address.host}`] : [],
  )
}

function leavesOf(part: MimePart): MimePart[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(leavesOf)
}

function readPart(bytes: Buffer, { type, subtype, encoding, parameters, bodyStart, end }: MimePart): BodyPart {
  const content = bytes.subarray(bodyStart, Math.min(end, bodyStart + MAX_PART_BYTES))
  const decoded = decodeTransferEncoding(encoding, content)
  return {
    type: `${type}/${subtype}`.toLowerCase(),
    text: decodeCharset(findParameter(parameters, 'charset') ?? '', decoded),
  }
}

/** The message with another header; fields that were there keep their bytes. */
export function withHeader(bytes: Buffer, header: readonly HeaderField[]): Buffer {
  const bodyStart = findBody(bytes, 0, bytes.length)
  const places = [...scanFields(bytes, 0, bodyStart)]
  const fields = header.map(({ name, value, origin }) => {
    const place = origin === null ? undefined : places[origin]
    return place ? bytes.subarray(place.start, place.end) : Buffer.from(`${name}: ${fieldText(value)}\r\n`)
  })
  const separatorStart = places.at(-1)?.end ?? 0
  return Buffer.concat([...fields, bytes.subarray(separatorStart)])
}

const MAX_LINE_CHARACTERS = 76

/** ASCII as it is, folded at blanks; anything else as encoded-words. */
function fieldText(value: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(value) && !value.includes('=?')
  const lines: string[] = []
  for (const word of (isPlain ? value : encodeWords(value)).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < MAX_LINE_CHARACTERS)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\r\n ')
}
