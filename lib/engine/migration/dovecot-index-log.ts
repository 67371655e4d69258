/** The changes of a `dovecot.index.log`, applied to what an index already says. Pure. */
import { type ByteReader, readBytes } from './byte-reader.ts'
import { type DovecotIndex, type IndexedMessage, KEYWORDS, newMessage } from './dovecot-index.ts'

const MAJOR_VERSION = 1
const RECORD_HEADER_BYTES = 8
const UID_VALIDITY_AT = 24
const UID_NEXT_AT = 28
const BY_NAME = 0xffff_ffff

const TYPE_MASK = 0x0fff_ffff
/** An expunge that only asks for one has no such bit. */
const EXTERNAL = 0x1000_0000
/** Stands in the type of every expunge, against accidents. */
const EXPUNGE_MARK = 0xcd90

/** What the records that follow speak of. */
type Extension = { readonly name: string; readonly recordBytes: number }
type Replay = { readonly index: DovecotIndex; extension: Extension | null }
type Apply = (replay: Replay, record: ByteReader) => void

const changes: Readonly<Record<number, Apply>> = {
  2: append,
  4: updateFlags,
  32: updateHeader,
  64: introduceExtension,
  128: resetExtension,
  512: updateRecords,
  1024: updateKeywords,
  2048: resetKeywords,
}
const [EXPUNGE, EXPUNGE_GUID, BOUNDARY] = [1, 0x2000, 0x80000]

/** A transaction whose end is not written yet does not count. */
export function replayLog(index: DovecotIndex, log: Buffer): void {
  const bytes = readBytes(log)
  const sequence = bytes.u32(8)
  if (bytes.u8(0) !== MAJOR_VERSION || (index.id !== 0 && bytes.u32(4) !== index.id)) return
  if (sequence < index.position.logSequence) return
  index.id = bytes.u32(4)
  const isKnownInPart = sequence === index.position.logSequence
  const replay: Replay = { index, extension: null }
  let at = isKnownInPart ? index.position.offset : bytes.u16(2)
  while (at + RECORD_HEADER_BYTES <= bytes.length) {
    const size = offsetOf(log.readUInt32BE(at))
    if (size < RECORD_HEADER_BYTES || at + size > bytes.length) break
    const type = bytes.u32(at + 4)
    const record = bytes.slice(at + RECORD_HEADER_BYTES, size - RECORD_HEADER_BYTES)
    if ((type & TYPE_MASK) === BOUNDARY && at + record.u32(0) > bytes.length) break
    apply(replay, type, record)
    at += size
  }
  index.position = { logSequence: sequence, offset: at }
}

/** Seven bits to a byte, each with its highest set; counted in fours. */
function offsetOf(written: number): number {
  if ((written & 0x8080_8080) >>> 0 !== 0x8080_8080) return 0
  const groups = [24, 16, 8, 0].map((shift) => (written >>> shift) & 0x7f)
  return groups.reduce((sum, group) => sum * 128 + group, 0) * 4
}

function apply(replay: Replay, type: number, record: ByteReader): void {
  if ((type & EXPUNGE_MARK) === EXPUNGE_MARK) expunge(replay, type, record)
  else changes[type & TYPE_MASK]?.(replay, record)
}

function expunge(replay: Replay, type: number, record: ByteReader): void {
  if ((type & EXTERNAL) === 0) return
  const kind = type & TYPE_MASK & ~EXPUNGE_MARK
  const { messages } = replay.index
  if (kind === EXPUNGE)
    forEachRange(record, 8, (uids) => forEachMessage(replay, uids, ({ uid }) => messages.delete(uid)))
  if (kind === EXPUNGE_GUID) forEachItem(record, 20, (item) => messages.delete(item.u32(0)))
}

function append({ index }: Replay, record: ByteReader): void {
  forEachItem(record, 8, (item) => {
    const uid = item.u32(0)
    index.messages.set(uid, newMessage(uid, item.u8(4)))
    index.uidNext = Math.max(index.uidNext, uid + 1)
  })
}

function updateFlags(replay: Replay, record: ByteReader): void {
  forEachRange(record, 12, (uids, item) => {
    const [added, removed] = [item.u8(8), item.u8(9)]
    forEachMessage(replay, uids, (message) => {
      message.flagBits = (message.flagBits & ~removed) | added
    })
  })
}

function updateHeader({ index }: Replay, record: ByteReader): void {
  for (let at = 0; at < record.length; ) {
    const [offset, length] = [record.u16(at), record.u16(at + 2)]
    const data = record.slice(at + 4, length)
    const valueAt = (place: number) =>
      offset <= place && place + 4 <= offset + length ? data.u32(place - offset) : undefined
    index.uidValidity = valueAt(UID_VALIDITY_AT) ?? index.uidValidity
    index.uidNext = valueAt(UID_NEXT_AT) ?? index.uidNext
    at += 4 + inFours(length)
  }
}

function introduceExtension(replay: Replay, record: ByteReader): void {
  for (let at = 0; at < record.length; ) {
    const [id, recordBytes, nameBytes] = [record.u32(at), record.u16(at + 12), record.u16(at + 18)]
    const { extensions } = replay.index
    const name = id === BY_NAME ? record.text(at + 20, nameBytes) : extensions[id]
    if (name !== undefined && !extensions.includes(name)) extensions.push(name)
    replay.extension = name === undefined ? null : { name, recordBytes }
    at += 20 + inFours(nameBytes)
  }
}

function resetExtension({ index, extension }: Replay, record: ByteReader): void {
  const keepsData = record.u8(4) !== 0
  if (extension === null || keepsData) return
  for (const { records } of index.messages.values()) records.delete(extension.name)
}

function updateRecords({ index, extension }: Replay, record: ByteReader): void {
  if (extension === null) return
  const { name, recordBytes } = extension
  forEachItem(record, 4 + inFours(recordBytes), (item) =>
    index.messages.get(item.u32(0))?.records.set(name, item.slice(4, recordBytes).bytes),
  )
}

function updateKeywords(replay: Replay, record: ByteReader): void {
  const nameBytes = record.u16(2)
  const keyword = record.text(4, nameBytes)
  const isAdded = record.u8(0) === 0
  const { extensions } = replay.index
  if (!extensions.includes(KEYWORDS)) extensions.push(KEYWORDS) // without an introduction
  const ranges = 4 + inFours(nameBytes)
  forEachRange(record.slice(ranges, record.length - ranges), 8, (uids) =>
    forEachMessage(replay, uids, ({ keywords }) => (isAdded ? keywords.add(keyword) : keywords.delete(keyword))),
  )
}

function resetKeywords(replay: Replay, record: ByteReader): void {
  forEachRange(record, 8, (uids) => forEachMessage(replay, uids, ({ keywords }) => keywords.clear()))
}

type UidRange = { readonly first: number; readonly last: number }

const inFours = (bytes: number): number => Math.ceil(bytes / 4) * 4

function forEachItem(record: ByteReader, itemBytes: number, use: (item: ByteReader) => void): void {
  for (let at = 0; at + itemBytes <= record.length; at += itemBytes) use(record.slice(at, itemBytes))
}

function forEachRange(record: ByteReader, itemBytes: number, use: (uids: UidRange, item: ByteReader) => void): void {
  forEachItem(record, itemBytes, (item) => use({ first: item.u32(0), last: item.u32(4) }, item))
}

/** A range may be as wide as all numbers are. */
function forEachMessage({ index }: Replay, { first, last }: UidRange, use: (message: IndexedMessage) => void): void {
  const { messages } = index
  if (last - first < messages.size) {
    for (let uid = first; uid <= last; uid += 1) {
      const message = messages.get(uid)
      if (message !== undefined) use(message)
    }
  } else for (const message of messages.values()) if (message.uid >= first && message.uid <= last) use(message)
}
