/**
 * One pass of a job: every folder of the source is copied as far as it is not yet here; the last pass then takes over.
 *
 * Guarantees: until the end of the last pass nothing of it can be seen in the mailbox; its end is one transaction.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import { notify } from '#lib/db/notifications.ts'
import { listStaged, setUidls } from '../store/staged-messages.ts'
import { takeOver } from '../store/take-over.ts'
import { copyFolder } from './copy-folder.ts'
import {
  type ClaimedJob,
  closeFaults,
  countFound,
  countUidls,
  endJob,
  enterFolder,
  knownFaults,
  noteFault,
} from './jobs.ts'
import { matchUidls } from './match-uidls.ts'
import { listMigratedFolders, type MigratedFolder, markTakenOver, planFolders } from './migrated-folders.ts'
import { startPace } from './pace.ts'
import { type MailSource, SourceFailed, type SourceFolder } from './source.ts'

export type PassParts = {
  readonly database: Database
  readonly openSource: (job: ClaimedJob) => Promise<MailSource>
  /** whether a quota grows with what comes along */
  readonly mayRaiseQuota: () => boolean
}

export async function runPass(parts: PassParts, job: ClaimedJob): Promise<void> {
  const { database } = parts
  const source = await parts.openSource(job)
  let unreadable: ReadonlySet<string>
  try {
    const sourceFolders = await source.listFolders()
    for (const { sourceName } of await planFolders(database, job, sourceFolders)) {
      await noteFault(database, job, { folderName: sourceName, sourceKey: '', problem: 'folderNameNotAllowed' })
    }
    unreadable = await copyFolders(parts, job, source, sourceFolders)
    if (job.isFinal) await takeUidls(database, job, source)
  } finally {
    await source.close()
  }
  await database.transaction(async (transaction) => {
    await enterFolder(transaction, job, 'INBOX')
    const folders = await listMigratedFolders(transaction, job)
    await closeFaults(
      transaction,
      job,
      folders.flatMap(({ sourceName, name }) => (unreadable.has(sourceName) ? [name] : [])),
    )
    if (job.isFinal) await finish(transaction, job, folders, unreadable, parts.mayRaiseQuota())
    else await endJob(transaction, job, 'COPIED', null)
  })
}

/** @returns the names of those that the source would not show whole: another job may bring them */
async function copyFolders(
  { database }: PassParts,
  job: ClaimedJob,
  source: MailSource,
  sourceFolders: readonly SourceFolder[],
): Promise<ReadonlySet<string>> {
  const unreadable = new Set<string>()
  const folders = await listMigratedFolders(database, job)
  const faults = await knownFaults(database, job)
  const pace = startPace(job.source.messagesPerSecond / job.source.maxConnections)
  const announced = sourceFolders.reduce((sum, { messageCount }) => sum + messageCount, 0)
  await countHere(database, job, announced)
  let found = 0
  for (const sourceFolder of sourceFolders) {
    const folder = folders.find(({ sourceName }) => sourceName === sourceFolder.sourceName)
    if (folder === undefined) continue
    try {
      found += await copyFolder({ database, job, source, folder, sourceFolder, faults, pace })
    } catch (error) {
      if (!(error instanceof SourceFailed) || error.problem !== 'folderUnreadable') throw error
      unreadable.add(folder.sourceName)
      await noteFault(database, job, { folderName: folder.name, sourceKey: '', problem: error.problem })
    }
  }
  await countHere(database, job, found)
  return unreadable
}

const HERE = {
  name: 'migration-count-here',
  text: `
SELECT count(m.uid) AS messages, coalesce(sum(m.size_bytes), 0) AS bytes
FROM migrated_folders f JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.folder_id
WHERE f.mailbox_id = $1 AND f.source_id = $2`,
}

async function countHere(database: Database, job: ClaimedJob, found: number): Promise<void> {
  type Here = { messages: number; bytes: number }
  const [here] = await database.query<Here>(HERE, [job.mailboxId, job.sourceId])
  await countFound(database, job, found, here?.messages ?? 0, Number(here?.bytes ?? 0))
}

const READ_HEAD = {
  name: 'migration-read-head',
  text: `
SELECT substring(b.content FOR 262144) AS head FROM messages m
JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND m.uid = $3`,
}

/** What POP3 clients call the messages of the INBOX. */
async function takeUidls(database: Database, job: ClaimedJob, source: MailSource): Promise<void> {
  const inbox = (await listMigratedFolders(database, job)).find(({ name }) => name === 'INBOX')
  if (inbox === undefined || inbox.isTakenOver) return
  const listing = await source.openPopListing()
  if (listing === null) return
  try {
    const key = { mailboxId: job.mailboxId, folderId: inbox.folderId }
    const messages = await listStaged(database, key)
    const headOf = async (uid: number) => {
      const [row] = await database.query<{ head: Buffer }>(READ_HEAD, [job.mailboxId, inbox.folderId, uid])
      return row?.head ?? Buffer.alloc(0)
    }
    const { uidls, unmatched } = await matchUidls(listing, messages, headOf)
    for (const { uidl } of unmatched) {
      await noteFault(database, job, { folderName: 'INBOX', sourceKey: uidl, problem: 'uidlNotMatched' })
    }
    await database.transaction(async (transaction) => {
      await countUidls(transaction, job, uidls.size)
      await setUidls(transaction, key, uidls)
    })
  } finally {
    await listing.close()
  }
}

async function finish(
  transaction: Queryable,
  job: ClaimedJob,
  folders: readonly MigratedFolder[],
  unreadable: ReadonlySet<string>,
  mayRaiseQuota: boolean,
): Promise<void> {
  const staged: MigratedFolder[] = folders.filter(
    ({ isTakenOver, sourceName }) => !isTakenOver && !unreadable.has(sourceName),
  )
  await takeOver(transaction, job.mailboxId, staged, mayRaiseQuota)
  await markTakenOver(
    transaction,
    job,
    staged.map(({ sourceName }) => sourceName),
  )
  await endJob(transaction, job, 'DONE', null)
  // Whoever looks at a folder looks at one that is not there any more.
  if (staged.length > 0) await notify(transaction, 'session_end_requested', `${job.mailboxId} *`)
}
