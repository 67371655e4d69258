/** `dovecot.index`: all of an index at one moment, which may be long ago. Pure. Throws RangeError where it is none. */
import { type ByteReader, readBytes } from './byte-reader.ts'
import { type DovecotIndex, emptyIndex, type IndexedMessage, KEYWORDS, newMessage } from './dovecot-index.ts'

const MAJOR_VERSION = 7
const LITTLE_ENDIAN = 1
const EXTENSION_HEADER_BYTES = 16

export function readSnapshot(file: Buffer): DovecotIndex {
  const bytes = readBytes(file)
  if (bytes.u8(0) !== MAJOR_VERSION || (bytes.u8(12) & LITTLE_ENDIAN) === 0)
    throw new RangeError('no index of this kind')
  const index: DovecotIndex = {
    ...emptyIndex(),
    id: bytes.u32(16),
    uidValidity: bytes.u32(24),
    uidNext: bytes.u32(28),
    position: { logSequence: bytes.u32(60), offset: bytes.u32(68) },
  }
  const [headerBytes, recordBytes, count] = [bytes.u32(4), bytes.u32(8), bytes.u32(32)]
  const extensions = readExtensions(bytes.slice(0, headerBytes), bytes.u16(2))
  index.extensions.push(...extensions.map(({ name }) => name))
  for (let at = 0; at < count; at += 1) {
    const message = readRecord(bytes.slice(headerBytes + at * recordBytes, recordBytes), extensions)
    index.messages.set(message.uid, message)
  }
  return index
}

type Extension = {
  readonly name: string
  readonly header: ByteReader
  readonly recordOffset: number
  readonly recordBytes: number
}

function readExtensions(header: ByteReader, baseBytes: number): Extension[] {
  const extensions: Extension[] = []
  for (let at = aligned(baseBytes); at < header.length; ) {
    const [headerBytes, nameBytes] = [header.u32(at), header.u16(at + 14)]
    const data = at + aligned(EXTENSION_HEADER_BYTES + nameBytes)
    extensions.push({
      name: header.text(at + EXTENSION_HEADER_BYTES, nameBytes),
      header: header.slice(data, headerBytes),
      recordOffset: header.u16(at + 8),
      recordBytes: header.u16(at + 10),
    })
    at = data + aligned(headerBytes)
  }
  return extensions
}

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

function readRecord(record: ByteReader, extensions: readonly Extension[]): IndexedMessage {
  const message = newMessage(record.u32(0), record.u8(4))
  for (const { name, header, recordOffset, recordBytes } of extensions) {
    if (recordBytes === 0) continue
    const data = record.slice(recordOffset, recordBytes)
    if (name !== KEYWORDS) message.records.set(name, data.bytes)
    else for (const keyword of keywordsOf(data.bytes, header)) message.keywords.add(keyword)
  }
  return message
}

/** A bit for each keyword; their names stand in the extension's header, behind the places of the names. */
function keywordsOf(bits: Buffer, header: ByteReader): string[] {
  const count = header.u32(0)
  return [...bits].flatMap((byte, place) =>
    Array.from({ length: 8 }, (_, bit) => place * 8 + bit).flatMap((number) => {
      const isSet = (byte & (1 << (number % 8))) !== 0 && number < count
      return isSet ? [header.textUntilNul(4 + count * 8 + header.u32(4 + number * 8 + 4))] : []
    }),
  )
}
