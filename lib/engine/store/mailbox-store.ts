/**
 * What an IMAP session may do with the mailbox that it logged in to, and with no other: every operation is bound to the
 * mailbox's id when the store is opened, and each statement begins with it.
 *
 * Guarantees: after a change has been committed, the sessions that watch the folder are told, in all processes.
 */
import type { Database } from '#lib/db/database.ts'
import type { MimePart } from '#lib/mime/structure.ts'
import { appendToFolder, type NewMessage, type Placed } from './append-to-folder.ts'
import type { Changes, FolderListener } from './changes.ts'
import { copyMessages, moveMessages, type Transfer } from './copy-move.ts'
import { type Expunged, expungeMessages } from './expunge.ts'
import * as fetching from './fetch.ts'
import * as folders from './folders.ts'
import type { FreeSpace } from './free-space.ts'
import type { FlagsRow, MessageRow } from './message-rows.ts'
import { type Quota, readQuota } from './quota.ts'
import { type References, readReferences } from './references.ts'
import { type Match, type SiteZone, searchFolder } from './search.ts'
import type { SearchKey } from './search-key.ts'
import * as selecting from './select-folder.ts'
import { createShares } from './shares.ts'
import { type FlagChange, type StoredFlags, storeFlags } from './store-flags.ts'
import { StoreRefusal } from './store-refusal.ts'
import type { UidRange } from './uid-range.ts'

export interface MailboxStore {
  listFolders(): Promise<folders.FolderEntry[]>
  /** @returns the folder's id */
  createFolder(folder: folders.NewFolder): Promise<number>
  deleteFolder(name: string): Promise<void>
  renameFolder(from: string, to: string): Promise<void>
  setSubscribed(name: string, isSubscribed: boolean): Promise<void>
  status(name: string, isDetailed: boolean): Promise<selecting.FolderStatus>
  /** of those that exist */
  statuses(names: readonly string[], isDetailed: boolean): Promise<selecting.FolderStatus[]>
  openFolder(name: string): Promise<selecting.OpenedFolder>
  claimRecent(folderId: number, uidNext: number): Promise<number>
  changesSince(folderId: number, modseq: number): Promise<selecting.FolderChanges | null>
  expungedSince(folderId: number, uids: readonly UidRange[], modseq: number): Promise<number[]>
  /** @returns how to stop watching the mailbox's folders */
  watch(listener: FolderListener): () => void

  fetchFlags(folderId: number, uids: readonly UidRange[], wantsModseqs: boolean): Promise<FlagsRow[]>
  fetchRows(folderId: number, uids: readonly UidRange[]): Promise<MessageRow[]>
  fetchHeads(folderId: number, uids: readonly UidRange[], headBytes: number): Promise<fetching.MessageHead[]>
  readHeader(message: fetching.MessageHead): Promise<Buffer>
  /** what each message refers to, for THREAD */
  readReferences(folderId: number, uids: readonly UidRange[]): Promise<References>
  readContent(message: fetching.MessageHead, start: number, end: number): AsyncGenerator<Buffer>
  messageStructure(message: fetching.MessageHead): Promise<MimePart>
  search(folderId: number, uids: readonly UidRange[], key: SearchKey): Promise<Match[]>

  storeFlags(folderId: number, uids: readonly UidRange[], change: FlagChange): Promise<StoredFlags[]>
  copy(folderId: number, uids: readonly UidRange[], targetName: string): Promise<Transfer>
  move(folderId: number, uids: readonly UidRange[], targetName: string): Promise<Transfer>
  expunge(folderId: number, uids: readonly UidRange[]): Promise<Expunged>
  /** Before a message is read from the wire. @throws StoreRefusal when it could not be kept anyway */
  checkAppend(name: string): Promise<void>
  /** All of them, or none. */
  append(name: string, messages: readonly NewMessage[]): Promise<Placed>
  /** what the mailbox holds and may hold */
  quota(): Promise<Quota>
}

export type MailStoreParts = {
  readonly database: Database
  readonly changes: Changes
  readonly freeSpace: Pick<FreeSpace, 'hasRoomFor'>
  /** whose days a SEARCH by date means */
  readonly zone: SiteZone
}

/** Opens mailboxes: with the id of a login, and with nothing else. */
export type MailStore = (mailboxId: number) => MailboxStore

export function createMailStore({ database, changes, zone, freeSpace }: MailStoreParts): MailStore {
  const shares = createShares()
  return (mailboxId) => {
    const change = <Result>(work: () => Promise<Result>) => shares(mailboxId, work)
    const changed = (folderId: number) => changes.folderChanged(mailboxId, folderId)
    const transferred = (folderId: number | null, transfer: Transfer): Transfer => {
      if (transfer.sourceUids.length > 0) {
        changed(transfer.targetId)
        if (folderId !== null) changed(folderId)
      }
      return transfer
    }
    return {
      listFolders: () => folders.listFolders(database, mailboxId),
      createFolder: (folder) => change(() => folders.createFolder(database, mailboxId, folder)),
      async deleteFolder(name) {
        changed(await change(() => folders.deleteFolder(database, mailboxId, name)))
      },
      renameFolder: (from, to) => change(() => folders.renameFolder(database, mailboxId, from, to)),
      setSubscribed: (name, isSubscribed) =>
        change(() => folders.setSubscribed(database, mailboxId, name, isSubscribed)),
      status: (name, isDetailed) => selecting.folderStatus(database, mailboxId, name, isDetailed),
      statuses: (names, isDetailed) => selecting.folderStatuses(database, mailboxId, names, isDetailed),
      openFolder: (name) => selecting.openFolder(database, mailboxId, name),
      claimRecent: (folderId, uidNext) => change(() => selecting.claimRecent(database, mailboxId, folderId, uidNext)),
      changesSince: (folderId, modseq) => selecting.changesSince(database, mailboxId, folderId, modseq),
      expungedSince: (folderId, uids, modseq) =>
        selecting.expungedSince(database, { mailboxId, folderId }, uids, modseq),
      watch: (listener) => changes.watchMailbox(mailboxId, listener),

      fetchFlags: (folderId, uids, wantsModseqs) =>
        fetching.fetchFlags(database, mailboxId, folderId, uids, wantsModseqs),
      fetchRows: (folderId, uids) => fetching.fetchRows(database, mailboxId, folderId, uids),
      fetchHeads: (folderId, uids, bytes) => fetching.fetchHeads(database, mailboxId, folderId, uids, bytes),
      readHeader: (message) => fetching.readHeader(database, mailboxId, message),
      readReferences: (folderId, uids) => readReferences(database, mailboxId, folderId, uids),
      readContent: (message, start, end) => fetching.readContent(database, mailboxId, message, start, end),
      messageStructure: (message) => fetching.messageStructure(database, mailboxId, message),
      search: (folderId, uids, key) => searchFolder(database, { mailboxId, folderId, uids }, key, zone),

      async storeFlags(folderId, uids, flagChange) {
        const stored = await change(() => storeFlags(database, mailboxId, folderId, uids, flagChange))
        if (stored.some(({ isStored }) => isStored)) changed(folderId)
        return stored
      },
      copy: async (folderId, uids, name) =>
        transferred(null, await change(() => copyMessages(database, mailboxId, folderId, uids, name))),
      move: async (folderId, uids, name) =>
        transferred(folderId, await change(() => moveMessages(database, mailboxId, folderId, uids, name))),
      async expunge(folderId, uids) {
        const expunged = await change(() => expungeMessages(database, mailboxId, folderId, uids))
        if (expunged.uids.length > 0) changed(folderId)
        return expunged
      },
      async checkAppend(name) {
        if (!freeSpace.hasRoomFor(0)) throw new StoreRefusal('diskFull')
        await selecting.checkRoom(database, mailboxId, name)
      },
      async append(name, messages) {
        const totalBytes = messages.reduce((bytes, { content }) => bytes + content.length, 0)
        if (!freeSpace.hasRoomFor(totalBytes)) throw new StoreRefusal('diskFull')
        const folderId = await selecting.findFolder(database, mailboxId, name)
        const placed = await change(() => appendToFolder(database, mailboxId, folderId, messages))
        if (placed === null) throw new StoreRefusal('overQuota')
        changed(folderId)
        return placed
      },
      quota: () => readQuota(database, mailboxId),
    }
  }
}

export type { NewMessage } from './append-to-folder.ts'
export type { MessageHead } from './fetch.ts'
export type { FolderEntry } from './folders.ts'
export type { SiteZone } from './search.ts'
export type { ChangedMessage, OpenedFolder } from './select-folder.ts'
