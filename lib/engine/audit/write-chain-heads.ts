/**
 * Writes the end of the audit trail down once a minute, outside the database (lib/audit/chain-heads.ts).
 *
 * Guarantees: a record that is a minute old cannot be taken away unseen. Workers share the file; where nothing happened
 * nothing is written.
 */
import { appendHead, chainHeadsFile, currentHead } from '#lib/audit/chain-heads.ts'
import type { Queryable } from '#lib/db/database.ts'

export interface ChainHeads {
  close(): void
}

const WRITE_EVERY_MS = 60_000

export function writeChainHeads(
  database: Queryable,
  dataDirectory: string,
  onFault: (error: unknown) => void,
): ChainHeads {
  const file = chainHeadsFile(dataDirectory)
  let lastId = 0

  async function write(): Promise<void> {
    const head = await currentHead(database)
    if (head === null || head.id === lastId) return
    await appendHead(file, head)
    lastId = head.id
  }

  const timer = setInterval(() => void write().catch(onFault), WRITE_EVERY_MS).unref()
  return { close: () => clearInterval(timer) }
}
