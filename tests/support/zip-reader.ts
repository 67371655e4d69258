/** Reads a ZIP archive whose entries are stored, by its central directory, and checks each entry's CRC. */
import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'

const DIRECTORY_ENTRY = 0x02_01_4b_50
const END = 0x06_05_4b_50

export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  assert.equal(archive.readUInt32LE(end), END)
  const files = new Map<string, Buffer>()
  let at = archive.readUInt32LE(end + 16)
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    assert.equal(archive.readUInt32LE(at), DIRECTORY_ENTRY)
    const [crc, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 24)]
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const name = archive.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString()
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const content = archive.subarray(start, start + size)
    assert.equal(crc32(content), crc, name)
    files.set(name, content)
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  return files
}
