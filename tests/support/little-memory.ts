/** A thread with 32 MiB for objects, in which parsers read what is made to cost memory: it ends when that is not enough. */
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
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

/** @returns where it ran out of memory; null when it never did */
export function readWithLittleMemory(): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8 },
    })
    let begun = ''
    thread.on('message', (name: string) => {
      begun = name
    })
    thread.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(begun)
      else reject(error)
    })
    thread.once('exit', () => resolve(null))
  })
}

for (const [name, read] of isMainThread ? [] : Object.entries(readings)) {
  parentPort?.postMessage(name)
  read()
}
