/**
 * How often per second this disk makes 4 KiB durable: each writer appends to a file of its own and waits for fdatasync.
 * A process of its own, because each writer needs a thread: `UV_THREADPOOL_SIZE=8 node bench/disk-flushes.ts DIR 8 2`.
 */
import { open } from 'node:fs/promises'
import { join } from 'node:path'

const BLOCK_BYTES = 4_096

const [directory = '', writers = '1', seconds = '2'] = process.argv.slice(2)
const startedAt = performance.now()
const until = startedAt + Number(seconds) * 1_000

async function flushRepeatedly(name: string): Promise<number> {
  const file = await open(join(directory, name), 'a')
  const block = Buffer.alloc(BLOCK_BYTES, 'x')
  let count = 0
  for (; performance.now() < until; count += 1) {
    await file.write(block)
    await file.datasync()
  }
  await file.close()
  return count
}

const counts = await Promise.all(
  Array.from({ length: Number(writers) }, (_, index) => flushRepeatedly(`flush-${index}`)),
)
const total = counts.reduce((sum, count) => sum + count, 0)
process.send?.(total / ((performance.now() - startedAt) / 1_000))
