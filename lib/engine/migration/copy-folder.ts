/**
 * Brings one folder up to what the source has: new messages, changed flags, and messages that are gone there.
 *
 * Guarantees: messages and the job's counts change in one transaction, so a process that is killed at any point has
 * copied a message wholly or not at all, and whoever goes on knows which. After the folder was taken over it belongs to
 * its owner: messages are added, and nothing else is changed.
 */
import { randomBytes } from 'node:crypto'
import type { Database, Queryable } from '#lib/db/database.ts'
import type { MigrationProblem } from '#lib/migration/problems.ts'
import {
  type FolderKey,
  type IncomingMessage,
  insertMessages,
  listStaged,
  removeStaged,
  type StagedMessage,
  setStagedFlags,
} from '../store/staged-messages.ts'
import { appendLate } from '../store/take-over.ts'
import {
  type ClaimedJob,
  countCopied,
  enterFolder,
  faultKey,
  forgetFaults,
  type KnownFaults,
  noteFault,
} from './jobs.ts'
import { type LateUidls, openLateUidls } from './late-uidls.ts'
import { advanceFolder, type MigratedFolder, numberFolder, rememberKeys } from './migrated-folders.ts'
import type { Pace } from './pace.ts'
import {
  MAX_MESSAGE_BYTES,
  type MailSource,
  type SourceEntry,
  SourceFailed,
  type SourceFolder,
  type SourceListing,
  type SourceMessage,
} from './source.ts'

export type FolderCopy = {
  readonly database: Database
  readonly job: ClaimedJob
  readonly source: MailSource
  readonly folder: MigratedFolder
  readonly sourceFolder: SourceFolder
  readonly faults: KnownFaults
  readonly pace: Pace
}

const BATCH_MESSAGES = 100
const BATCH_BYTES = 8_388_608
/** After so many attempts that brought nothing, the message at which they end is left out. */
const PATIENCE = 2

/** @returns how many messages the source has there */
export async function copyFolder(copy: FolderCopy): Promise<number> {
  const { database, job, source, folder, sourceFolder } = copy
  await enterFolder(database, job, folder.name)
  const listing = await source.openFolder(sourceFolder)
  const current = await database.transaction((transaction) => catchUp(transaction, copy, listing))
  if (current === null) return listing.entries.length
  const isLateInbox = folder.isTakenOver && folder.name === 'INBOX'
  const lateUidls = isLateInbox ? openLateUidls(database, keyOf(copy), source) : null
  try {
    for (const entries of current.missing) {
      await copyMessages(copy, await presentable(copy, entries), { ...current, lateUidls })
    }
  } finally {
    await lateUidls?.close()
  }
  return listing.entries.length
}

type Current = {
  /** those that were left behind come last: they need new numbers, the others keep theirs */
  readonly missing: readonly (readonly SourceEntry[])[]
  readonly modseq: number
  /** for messages that have none of their own */
  readonly nextUid: number
}

/** @returns null when the folder cannot be gone on with */
async function catchUp(transaction: Queryable, copy: FolderCopy, listing: SourceListing): Promise<Current | null> {
  const { job, folder } = copy
  const { numbers, entries } = listing
  await enterFolder(transaction, job, folder.name)
  const isRenumbered = numbers !== null && folder.uidValidity !== null && folder.uidValidity !== numbers.uidValidity
  if (folder.isTakenOver) {
    if (isRenumbered) await noteFault(transaction, job, about(folder, '', 'folderRenumbered'))
    const known = new Set(folder.knownKeys)
    const fresh = entries.filter(({ key, uid }) => (uid === null ? !known.has(key) : uid >= folder.uidNext))
    const leftBehind = entries.filter(({ key, uid }) => uid !== null && uid < folder.uidNext && isLeftBehind(copy, key))
    return isRenumbered ? null : { missing: [fresh, leftBehind], modseq: 0, nextUid: 0 }
  }
  const key = keyOf(copy)
  if (isRenumbered) await removeStaged(transaction, key, null)
  if (numbers !== null) await numberFolder(transaction, job, folder, numbers)
  const staged = await listStaged(transaction, key)
  const stagedOf = new Map(staged.map((message) => [numbers === null ? message.uidl : String(message.uid), message]))
  await mirror(transaction, copy, listing, stagedOf)
  return {
    missing: [entries.filter((entry) => !stagedOf.has(entry.key))],
    modseq: numbers?.highestModseq ?? 1,
    nextUid: (staged.at(-1)?.uid ?? 0) + 1,
  }
}

/** What was staged earlier becomes what the source has now. */
async function mirror(
  transaction: Queryable,
  copy: FolderCopy,
  { numbers, entries }: SourceListing,
  stagedOf: ReadonlyMap<string, StagedMessage>,
): Promise<void> {
  const key = keyOf(copy)
  const there = new Set(entries.map((entry) => entry.key))
  const gone = [...stagedOf].flatMap(([name, { uid }]) => (there.has(name) ? [] : [uid]))
  if (gone.length > 0) await removeStaged(transaction, key, gone)
  if (numbers === null) return
  const changed = entries.filter((entry) => {
    const staged = stagedOf.get(entry.key)
    return staged !== undefined && !hasSameFlags(staged, entry)
  })
  const reflagged = changed.map(({ uid, flags, keywords }) => ({ uid: uid ?? 0, flags, keywords }))
  await setStagedFlags(transaction, key, reflagged, numbers.highestModseq)
}

function hasSameFlags(one: StagedMessage, other: SourceEntry): boolean {
  const words = (keywords: readonly string[]) => [...keywords].sort().join(' ')
  return one.flags === other.flags && words(one.keywords) === words(other.keywords)
}

function isLeftBehind({ folder, faults }: FolderCopy, key: string): boolean {
  return faults.leftBehind.has(faultKey(folder.name, key))
}

/** Those that may come along now; the others are written down. */
async function presentable(copy: FolderCopy, missing: readonly SourceEntry[]): Promise<SourceEntry[]> {
  const { database, job, folder, faults } = copy
  const wanted = missing.filter(({ key }) => !faults.ofThisPass.has(faultKey(folder.name, key)))
  const tooLarge = wanted.filter(({ sizeBytes }) => sizeBytes > MAX_MESSAGE_BYTES)
  for (const { key } of tooLarge) await noteFault(database, job, about(folder, key, 'messageTooLarge'))
  return wanted.filter((entry) => !tooLarge.includes(entry))
}

async function copyMessages(
  copy: FolderCopy,
  missing: readonly SourceEntry[],
  current: Current & { readonly lateUidls: LateUidls | null },
): Promise<void> {
  const { database, job, source, folder, pace } = copy
  const waiting = new Map(missing.map((entry) => [entry.key, entry]))
  let batch: SourceMessage[] = []
  let bytes = 0
  let { nextUid } = current
  let copied = 0

  async function store(): Promise<void> {
    if (batch.length === 0) return
    if (current.lateUidls !== null) batch = await named(copy, current.lateUidls, batch)
    const messages = batch.map((message) => incoming(message, message.entry.uid ?? nextUid++))
    await database.transaction(async (transaction) => {
      await countCopied(transaction, job, batch.length, bytes)
      await place(transaction, copy, messages, current.modseq, batch)
      const recovered = batch.flatMap(({ entry: { key } }) => (isLeftBehind(copy, key) ? [key] : []))
      if (recovered.length > 0) await forgetFaults(transaction, job, folder.name, recovered)
    })
    for (const { entry } of batch) waiting.delete(entry.key)
    copied += batch.length
    await pace(batch.length)
    batch = []
    bytes = 0
  }

  try {
    for await (const message of source.fetch(missing)) {
      if (!waiting.has(message.entry.key)) continue
      batch.push(message)
      bytes += message.content.length
      if (batch.length >= BATCH_MESSAGES || bytes >= BATCH_BYTES) await store()
    }
    await store()
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error
    await store()
    const [stuckAt] = waiting.keys()
    if (copied === 0 && stuckAt !== undefined && job.attemptCount >= PATIENCE)
      await noteFault(database, job, about(folder, stuckAt, 'messageUnreadable'))
    throw error
  }
  for (const key of waiting.keys()) await noteFault(database, job, about(folder, key, 'messageUnreadable'))
}

async function place(
  transaction: Queryable,
  copy: FolderCopy,
  messages: readonly IncomingMessage[],
  modseq: number,
  batch: readonly SourceMessage[],
): Promise<void> {
  const { job, folder } = copy
  if (!folder.isTakenOver) return insertMessages(transaction, keyOf(copy), messages, modseq)
  const isThere = await appendLate(transaction, keyOf(copy), messages)
  if (!isThere) await noteFault(transaction, job, about(folder, '', 'folderUnreadable'))
  const keys = batch.flatMap(({ entry }) => (entry.uid === null ? [entry.key] : []))
  if (keys.length > 0) return rememberKeys(transaction, job, folder, keys)
  await advanceFolder(transaction, job, folder, Math.max(...batch.map(({ entry }) => (entry.uid ?? 0) + 1)))
}

/** Each under the name that its POP3 clients know. */
async function named(copy: FolderCopy, names: LateUidls, batch: readonly SourceMessage[]): Promise<SourceMessage[]> {
  const { database, job, folder } = copy
  const messages: SourceMessage[] = []
  for (const message of batch) {
    const { entry, content } = message
    const uidl = entry.uidl ?? (await names.nameOf(content))
    if (uidl === null) await noteFault(database, job, about(folder, entry.key, 'uidlNotMatched'))
    messages.push({ ...message, entry: { ...entry, uidl: uidl ?? null } })
  }
  return messages
}

function incoming({ entry, content, internalDate }: SourceMessage, uid: number): IncomingMessage {
  const { flags, keywords } = entry
  return { uid, uidl: entry.uidl ?? randomBytes(15).toString('base64url'), flags, keywords, content, internalDate }
}

function keyOf({ job, folder }: FolderCopy): FolderKey {
  return { mailboxId: job.mailboxId, folderId: folder.folderId }
}

function about(folder: MigratedFolder, sourceKey: string, problem: MigrationProblem) {
  return { folderName: folder.name, sourceKey, problem }
}
