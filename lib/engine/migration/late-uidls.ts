/**
 * POP3 names of mail that reached the old system after its INBOX was taken over.
 *
 * Only the header convinces: what its owner has deleted here is still listed there, and a message under the name of
 * another that a program has fetched already would never be fetched.
 */
import type { Queryable } from '#lib/db/database.ts'
import { type FolderKey, listStaged } from '../store/staged-messages.ts'
import { headerDigest } from './match-uidls.ts'
import type { MailSource, PopEntry, PopListing } from './source.ts'

export interface LateUidls {
  /** null where POP3 does not show the message; undefined where clients had no POP3 */
  nameOf(content: Buffer): Promise<string | null | undefined>
  close(): Promise<void>
}

/** Nothing is asked of the source before the first message. */
export function openLateUidls(queryable: Queryable, inbox: FolderKey, source: MailSource): LateUidls {
  let opened: Promise<Unclaimed | null> | undefined
  return {
    async nameOf(content) {
      opened ??= openUnclaimed(queryable, inbox, source)
      const unclaimed = await opened
      if (unclaimed === null) return undefined
      const rivals = unclaimed.bySize.get(content.length) ?? []
      for (const [index, entry] of rivals.entries()) {
        if (headerDigest(await unclaimed.listing.readHeader(entry)) !== headerDigest(content)) continue
        rivals.splice(index, 1)
        return entry.uidl
      }
      return null
    },
    async close() {
      await (await opened)?.listing.close()
    },
  }
}

/** What POP3 lists, less the names that messages here have. */
type Unclaimed = { readonly listing: PopListing; readonly bySize: ReadonlyMap<number, PopEntry[]> }

async function openUnclaimed(queryable: Queryable, inbox: FolderKey, source: MailSource): Promise<Unclaimed | null> {
  const listing = await source.openPopListing()
  if (listing === null) return null
  const known = new Set((await listStaged(queryable, inbox)).map(({ uidl }) => uidl))
  const entries = listing.entries.filter(({ uidl }) => !known.has(uidl))
  return { listing, bySize: Map.groupBy(entries, ({ sizeBytes }) => sizeBytes) }
}
