/** What a file of an old system holds, unpacked where it was packed on the disk. */
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { MAX_MESSAGE_BYTES } from './source.ts'

type Packing = { readonly begins: Buffer; readonly unpack: ((stored: Buffer) => Buffer) | null }

/** Just over what may come along, so that it is told as too large. */
const limits = { maxOutputLength: MAX_MESSAGE_BYTES + 1 }
const packings: readonly Packing[] = [
  { begins: Buffer.from([0x1f, 0x8b]), unpack: (stored) => gunzipSync(stored, limits) },
  { begins: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), unpack: (stored) => zstdDecompressSync(stored, limits) },
  { begins: Buffer.from('BZh'), unpack: null },
  { begins: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), unpack: null },
  { begins: Buffer.from('Dovecot-LZ4'), unpack: null },
]

/** @returns null where it cannot be unpacked here */
export function plainContent(stored: Buffer): Buffer | null {
  const packing = packings.find(({ begins }) => stored.subarray(0, begins.length).equals(begins))
  if (packing === undefined) return stored
  try {
    return packing.unpack?.(stored) ?? null
  } catch {
    return null
  }
}
