/** A letter of the postmaster to a mailbox of ours, stored by the transaction that is the reason for it. */
import type { Database, Queryable } from '#lib/db/database.ts'
import type { Letterhead } from './compose-letter.ts'
import { ownMessage } from './own-message.ts'
import { planAcceptance } from './plan-acceptance.ts'
import { type StoredFolder, writeCopies } from './write-plans.ts'

/** Puts the letter into the mailbox, in the given transaction. @returns what is to be done after its commit */
export type PutNotice = (
  transaction: Queryable,
  letter: { readonly mailboxId: number; readonly address: string; readonly content: Buffer },
) => Promise<() => void>

/** What whoever writes to owners is handed. */
export type NoticeParts = Letterhead & { readonly database: Database; readonly putNotice: PutNotice }

/** @param onStored after the commit */
export function createPutNotice(domain: string, now: () => Date, onStored: (folder: StoredFolder) => void): PutNotice {
  return async (transaction, { mailboxId, address, content }) => {
    const target = { kind: 'local', mailboxId, isFull: false, hasScript: false } as const
    const plan = planAcceptance(ownMessage(`postmaster@${domain}`, address, target, content), now())
    const { folders } = await writeCopies(transaction, [plan])
    return () => folders.forEach(onStored)
  }
}
