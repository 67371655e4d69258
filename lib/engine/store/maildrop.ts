/**
 * A mailbox as POP3 knows it: the INBOX at the moment of login, read and emptied by one session at a time
 * (RFC 1939 §3, §4, §6).
 *
 * Guarantees: one session among all processes; a client that vanishes or a process that is killed deletes nothing and
 * leaves no lock behind; what is removed is removed in one transaction, bytes, quota and the note for IMAP together.
 * A message that an IMAP session expunged meanwhile keeps its number and cannot be read any more.
 */
import type { AdvisoryLocks } from '#lib/db/advisory-locks.ts'
import type { Database } from '#lib/db/database.ts'
import type { Changes } from './changes.ts'
import { removeMessages } from './expunge.ts'
import { CONTENT_HEAD_BYTES, fetchHeads, readContent } from './fetch.ts'
import { type ListedMessages, MaildropListing } from './maildrop-listing.ts'
import { rangesOf } from './uid-range.ts'

export interface Maildrop {
  readonly listing: MaildropListing
  /** @returns the message's bytes in slices (BodyGone when it goes away meanwhile); null when it is gone already */
  read(number: number): Promise<AsyncIterable<Buffer> | null>
  /** Resolves after the commit. */
  remove(numbers: readonly number[]): Promise<void>
  /** Lets the next session in. */
  close(): Promise<void>
}

export interface Maildrops {
  /** @returns null while another session holds the mailbox */
  open(mailboxId: number): Promise<Maildrop | null>
}

export type MaildropsParts = {
  readonly database: Database
  readonly locks: AdvisoryLocks
  readonly changes: Changes
}

const LIST = {
  name: 'maildrop-list',
  text: `
SELECT f.id AS "folderId", array_agg(m.uid) AS uids, array_agg(m.size_bytes) AS sizes, string_agg(m.uidl, E'\\n') AS uidls
FROM folders f CROSS JOIN LATERAL (
  SELECT uid, size_bytes, uidl FROM messages WHERE mailbox_id = $1 AND folder_id = f.id AND uid > $2 ORDER BY uid LIMIT $3
) m
WHERE f.mailbox_id = $1 AND f.name = 'INBOX' GROUP BY f.id`,
}
const PAGE_MESSAGES = 5_000
/** Of our choosing: the advisory locks of this purpose. */
const LOCK_CLASS = 1_110
/** Clients come back the moment they have left, or while their broken connection is still being noticed. */
const LOCK_WAIT_MS = 1_500
const LOCK_RETRY_MS = 100

type ListedPage = ListedMessages & { readonly folderId: number }

export function createMaildrops({ database, locks, changes }: MaildropsParts): Maildrops {
  async function lock(mailboxId: number): Promise<(() => Promise<void>) | null> {
    for (const deadline = performance.now() + LOCK_WAIT_MS; ; ) {
      const release = await locks.tryTake(LOCK_CLASS, mailboxId)
      if (release !== null || performance.now() > deadline) return release
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS))
    }
  }

  async function list(mailboxId: number): Promise<{ listing: MaildropListing; folderId: number }> {
    const listing = new MaildropListing(PAGE_MESSAGES)
    let folderId = 0
    for (let lastUid = 0; ; ) {
      const [page] = await database.query<ListedPage>(LIST, [mailboxId, lastUid, PAGE_MESSAGES])
      if (page === undefined) return { listing, folderId }
      listing.addPage(page)
      folderId = page.folderId
      lastUid = page.uids.at(-1) ?? lastUid
      if (page.uids.length < PAGE_MESSAGES) return { listing, folderId }
    }
  }

  function maildropOf(
    mailboxId: number,
    folderId: number,
    listing: MaildropListing,
    release: () => Promise<void>,
  ): Maildrop {
    return {
      listing,
      async read(number) {
        const uid = listing.uid(number)
        const [message] = await fetchHeads(
          database,
          mailboxId,
          folderId,
          [{ first: uid, last: uid }],
          CONTENT_HEAD_BYTES,
        )
        if (message === undefined) return null
        return withPrefix(message.prefix, readContent(database, mailboxId, message, 0, message.contentBytes))
      },
      async remove(numbers) {
        if (numbers.length === 0) return
        const ranges = rangesOf(numbers.map((number) => listing.uid(number)).sort((a, b) => a - b))
        await database.transaction((transaction) => removeMessages(transaction, mailboxId, folderId, ranges, 0))
        changes.folderChanged(mailboxId, folderId)
      },
      close: release,
    }
  }

  return {
    async open(mailboxId) {
      const release = await lock(mailboxId)
      if (release === null) return null
      try {
        const { listing, folderId } = await list(mailboxId)
        return maildropOf(mailboxId, folderId, listing, release)
      } catch (error) {
        await release()
        throw error
      }
    },
  }
}

async function* withPrefix(prefix: Buffer, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield prefix
  yield* content
}
