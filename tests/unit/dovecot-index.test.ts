/** Dovecot's index files, written here byte for byte: what they say, and what broken ones cannot do. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyIndex, flagNames } from '#lib/engine/migration/dovecot-index.ts'
import { replayLog } from '#lib/engine/migration/dovecot-index-log.ts'
import { readSnapshot } from '#lib/engine/migration/dovecot-index-snapshot.ts'

const [APPEND, FLAGS, HEADER, INTRODUCTION, RECORDS, KEYWORD, NO_KEYWORDS, BOUNDARY] = [
  2, 4, 32, 64, 512, 1024, 2048, 0x80000,
]
const [EXPUNGE_ASKED, EXPUNGE_DONE] = [0xcd91, 0x1000_cd91]
const ID = 77

type Change = readonly [type: number, data: Buffer]

const u32 = (...values: number[]) => Buffer.concat(values.map((value) => bytes(4, (to) => to.writeUInt32LE(value))))
const u16 = (...values: number[]) => Buffer.concat(values.map((value) => bytes(2, (to) => to.writeUInt16LE(value))))
const inFours = (data: Buffer) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
const inEights = (data: Buffer) => Buffer.concat([data, Buffer.alloc((8 - (data.length % 8)) % 8)])

function bytes(length: number, write: (to: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(length)
  write(buffer)
  return buffer
}

function logOf(sequence: number, changes: readonly Change[]): Buffer {
  const header = Buffer.concat([Buffer.from([1, 3]), u16(40), u32(ID, sequence), Buffer.alloc(28)])
  return Buffer.concat([header, ...changes.map(([type, data]) => Buffer.concat([sizeOf(data), u32(type), data]))])
}

function sizeOf(data: Buffer): Buffer {
  const fours = (data.length + 8) / 4
  return Buffer.from([21, 14, 7, 0].map((shift) => 0x80 | ((fours >>> shift) & 0x7f)))
}

const keyword = (name: string, deed: number, ...uids: number[]): Change => [
  KEYWORD,
  Buffer.concat([Buffer.from([deed, 0]), u16(name.length), inFours(Buffer.from(name)), u32(...uids)]),
]
const flags = (first: number, last: number, added: number, removed: number): Change => [
  FLAGS,
  Buffer.concat([u32(first, last), Buffer.from([added, removed, 0, 0])]),
]

const history: readonly Change[] = [
  [HEADER, Buffer.concat([u16(24, 8), u32(1_600_000_000, 1)])],
  [APPEND, u32(1, 0, 2, 8, 3, 0, 5, 1)],
  [INTRODUCTION, Buffer.concat([u32(0xffff_ffff, 0, 0), u16(8, 4, 0, 5), inFours(Buffer.from('mdbox'))])],
  [RECORDS, u32(5, 41, 42)],
  flags(2, 0xffff_ffff, 2, 8),
  keyword('$Forwarded', 0, 1, 3),
  keyword('later', 0, 3, 3),
  keyword('$Forwarded', 1, 2, 2),
  [NO_KEYWORDS, u32(1, 1)],
  [EXPUNGE_ASKED, u32(1, 1)],
  [EXPUNGE_DONE, u32(2, 2)],
]

function snapshot(): Buffer {
  const names = Buffer.from('later\0$Label1\0')
  const keywordNames = Buffer.concat([u32(2, 0, 0, 0, 6), names])
  const extension = Buffer.concat([
    inEights(Buffer.concat([u32(keywordNames.length, 0), u16(5, 1, 1, 8), Buffer.from('keywords')])),
    inEights(keywordNames),
  ])
  const records = [u32(4, 0x208), u32(9, 0x301)] // one byte of flags, then one of keywords
  const base = Buffer.concat([
    Buffer.concat([Buffer.from([7, 3]), u16(120), u32(120 + extension.length, 8), Buffer.from([1, 0, 0, 0])]),
    u32(ID, 0, 1_600_000_000, 10, records.length),
    Buffer.alloc(24),
    u32(3, 40, 40),
  ])
  return Buffer.concat([base, Buffer.alloc(120 - base.length), extension, ...records])
}

function shown(index: ReturnType<typeof emptyIndex>) {
  const messages = [...index.messages.values()].map((message) => [message.uid, ...flagNames(message)].join(' '))
  return { uidValidity: index.uidValidity, uidNext: index.uidNext, messages }
}

describe("Dovecot's index", () => {
  it('is told by its log alone', () => {
    const index = emptyIndex()
    replayLog(index, logOf(1, history))
    assert.deepEqual(shown(index), {
      uidValidity: 1_600_000_000,
      uidNext: 6,
      messages: ['1', '3 \\Flagged $Forwarded later', '5 \\Answered \\Flagged'],
    })
    assert.deepEqual(index.messages.get(5)?.records.get('mdbox'), u32(41, 42))
  })

  it('goes on from a snapshot, from where that was taken', () => {
    const index = readSnapshot(snapshot())
    assert.deepEqual(shown(index).messages, ['4 \\Seen $Label1', '9 \\Answered later $Label1'])
    replayLog(index, logOf(2, [[EXPUNGE_DONE, u32(4, 9)]]))
    replayLog(index, logOf(3, [flags(9, 9, 4, 0)]))
    replayLog(index, logOf(4, [[APPEND, u32(10, 16)]]))
    const messages = ['4 \\Seen $Label1', '9 \\Answered \\Deleted later $Label1', '10 \\Draft']
    assert.deepEqual(shown(index), { uidValidity: 1_600_000_000, uidNext: 11, messages })
  })

  it('does not count a transaction that is not written to its end, nor the log of another index', () => {
    const index = emptyIndex()
    const unfinished: readonly Change[] = [
      [APPEND, u32(1, 0)],
      [BOUNDARY, u32(4_000)],
      [APPEND, u32(2, 0)],
    ]
    replayLog(index, logOf(1, unfinished))
    replayLog(index, Buffer.concat([Buffer.from([1, 3]), u16(40), u32(ID + 1, 2), Buffer.alloc(28)]))
    assert.deepEqual([...index.messages.keys()], [1])
  })

  for (const [name, file, read] of [
    ['log', logOf(1, history), (broken: Buffer) => replayLog(emptyIndex(), broken)],
    ['snapshot', snapshot(), readSnapshot],
  ] as const) {
    it(`a ${name} that is cut or altered anywhere is read or refused, and ends`, () => {
      for (let at = 0; at < file.length; at += 1) {
        const altered = Buffer.from(file)
        altered[at] = (altered[at] ?? 0) ^ 0xff
        for (const broken of [file.subarray(0, at), altered]) {
          try {
            read(broken)
          } catch (error) {
            assert.ok(error instanceof RangeError, String(error))
          }
        }
      }
    })
  }
})
