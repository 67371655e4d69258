/** Little-endian numbers and texts of a file that somebody else wrote. Throws RangeError where they lead out of it. */

export type ByteReader = {
  readonly bytes: Buffer
  readonly length: number
  u8(at: number): number
  u16(at: number): number
  u32(at: number): number
  slice(at: number, length: number): ByteReader
  text(at: number, length: number): string
  textUntilNul(at: number): string
}

export function readBytes(bytes: Buffer): ByteReader {
  function part(at: number, length: number): Buffer {
    if (at < 0 || length < 0 || at + length > bytes.length) throw new RangeError('outside of the file')
    return bytes.subarray(at, at + length)
  }
  return {
    bytes,
    length: bytes.length,
    u8: (at) => bytes.readUInt8(at),
    u16: (at) => bytes.readUInt16LE(at),
    u32: (at) => bytes.readUInt32LE(at),
    slice: (at, length) => readBytes(part(at, length)),
    text: (at, length) => part(at, length).toString('latin1'),
    textUntilNul(at) {
      const end = bytes.indexOf(0, at)
      return part(at, (end === -1 ? bytes.length : end) - at).toString('latin1')
    },
  }
}
