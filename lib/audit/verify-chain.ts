/** Checks the audit trail record by record against its hashes, and against the heads that were written down. */
import { auditHash, GENESIS } from './append-audit.ts'
import type { ChainHead } from './chain-heads.ts'
import type { TrailRecord } from './read-trail.ts'

export type ChainVerdict =
  | { readonly outcome: 'intact'; readonly records: number }
  /** a record is not what its own hash says */
  | { readonly outcome: 'changed'; readonly id: number }
  /** what came before this record is not what came before it when it was written */
  | { readonly outcome: 'unlinked'; readonly id: number }
  /** a head was written down, and no such record is there */
  | { readonly outcome: 'headMissing'; readonly id: number }

export async function verifyChain(
  records: Iterable<TrailRecord> | AsyncIterable<TrailRecord>,
  heads: readonly ChainHead[],
): Promise<ChainVerdict> {
  const expected = new Map(heads.map(({ id, hash }) => [id, hash]))
  let previous: Uint8Array = GENESIS
  let count = 0
  for await (const record of records) {
    const { id, at, prevHash, hash } = record
    if (!prevHash.equals(previous)) return { outcome: 'unlinked', id }
    if (!auditHash(prevHash, at, record).equals(hash)) return { outcome: 'changed', id }
    if ((expected.get(id) ?? hash.toString('hex')) !== hash.toString('hex')) return { outcome: 'headMissing', id }
    expected.delete(id)
    previous = hash
    count += 1
  }
  const [missing] = expected.keys()
  return missing === undefined ? { outcome: 'intact', records: count } : { outcome: 'headMissing', id: missing }
}
