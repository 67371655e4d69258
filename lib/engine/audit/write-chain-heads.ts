/**
 * Writes the end of the audit trail down, outside the database (lib/audit/chain-heads.ts).
 *
 * Guarantees: a record that was there at a run cannot be taken away unseen. Workers share the file; where nothing happened
 * nothing is written.
 */
import { appendHead, chainHeadsFile, currentHead } from '#lib/audit/chain-heads.ts'
import type { Queryable } from '#lib/db/database.ts'

/** @returns writes it down as it is now */
export function chainHeadWriter(database: Queryable, dataDirectory: string): () => Promise<void> {
  const file = chainHeadsFile(dataDirectory)
  let lastId = 0

  return async () => {
    const head = await currentHead(database)
    if (head === null || head.id === lastId) return
    await appendHead(file, head)
    lastId = head.id
  }
}
