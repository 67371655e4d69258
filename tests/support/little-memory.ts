/** A thread with 32 MiB for objects, in which one parser reads what is made to cost memory: it ends when that is not enough. */
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { readAppendedMessages } from '#lib/engine/imap/wire/appended-messages.ts'
import { ArgumentReader } from '#lib/engine/imap/wire/syntax.ts'
import { decodeCharset } from '#lib/mime/charset.ts'
import { unfold } from '#lib/mime/header.ts'

const MEBIBYTE = 1_048_576

const readings: Readonly<Record<string, () => unknown>> = {
  'an APPEND of nothing but line feeds': () =>
    readAppendedMessages(new ArgumentReader({ texts: [' ', ''], literals: [Buffer.alloc(4 * MEBIBYTE, '\n')] }, false)),
  'a text of which every other byte is katakana': () =>
    decodeCharset('iso-2022-jp', Buffer.from('\xb1A'.repeat(2 * MEBIBYTE), 'latin1')),
  'a text of escape sequences': () => decodeCharset('iso-2022-jp', Buffer.from('\x1b(Ba\x1b$BA;'.repeat(MEBIBYTE / 3))),
  'a field of a million lines': () => {
    const field = Buffer.from('x\r\n '.repeat(MEBIBYTE))
    return unfold(field, 0, field.length)
  },
}

export const costlyReadings = Object.keys(readings)

/** Rejects when it ran out of memory. */
export function readWithLittleMemory(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: name,
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8 },
    })
    thread.once('error', reject).once('exit', () => resolve())
  })
}

if (!isMainThread && typeof workerData === 'string') readings[workerData]?.()
