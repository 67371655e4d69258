/**
 * The folders of a mailbox: list, create, delete, rename, subscribe (RFC 9051 §6.3).
 *
 * Guarantees: a folder that is made again under an old name has a greater UIDVALIDITY than any before (it is
 * 2^31 + the folder's id, ids are never reused, and first folders have the time of their making, which is smaller until
 * 2038); deleting a folder gives its bytes back and removes bodies that no other folder shares, in one transaction.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import { canonicalFolderName, isAllowedFolderName, parentNames } from './folder-name.ts'
import { lockMailbox } from './lock-mailbox.ts'
import { removeUnsharedBodies } from './remove-unshared-bodies.ts'
import { StoreRefusal } from './store-refusal.ts'

export type FolderEntry = {
  readonly id: number
  readonly name: string
  readonly specialUse: string | null
  readonly isSubscribed: boolean
}

export type NewFolder = Omit<FolderEntry, 'id'>

const MAX_FOLDERS = 2_000

const LIST = {
  name: 'folders-list',
  text: `SELECT id, name, special_use AS "specialUse", subscribed AS "isSubscribed"
         FROM folders WHERE mailbox_id = $1 ORDER BY name <> 'INBOX', name`,
}
const CREATE = {
  name: 'folders-create',
  text: `
INSERT INTO folders (mailbox_id, id, name, special_use, subscribed, uid_validity)
SELECT $1, id, name, special_use, subscribed, 2147483648 + id
FROM (SELECT nextval('folders_id_seq') AS id, asked.*
  FROM unnest($2::text[], $3::text[], $4::bool[]) AS asked(name, special_use, subscribed)) made
RETURNING id, name`,
}
const SUBSCRIBE = {
  name: 'folders-subscribe',
  text: 'UPDATE folders SET subscribed = $3 WHERE mailbox_id = $1 AND name = $2 RETURNING id',
}
const DELETE = {
  name: 'folders-delete',
  text: `
WITH folder AS (
  DELETE FROM folders WHERE mailbox_id = $1 AND id = $2
), forgotten AS (
  DELETE FROM expunged_messages WHERE mailbox_id = $1 AND folder_id = $2
), gone AS (
  DELETE FROM messages WHERE mailbox_id = $1 AND folder_id = $2 RETURNING body_id, size_bytes
), freed AS (
  UPDATE mailboxes SET used_bytes = used_bytes - (SELECT coalesce(sum(size_bytes), 0) FROM gone) WHERE id = $1
)
SELECT DISTINCT body_id FROM gone`,
}
const RENAME = {
  name: 'folders-rename',
  text: `
UPDATE folders SET name = $3 || substr(name, length($2) + 1)
WHERE mailbox_id = $1 AND (name = $2 OR starts_with(name, $2 || '/'))`,
}

export function listFolders(queryable: Queryable, mailboxId: number): Promise<FolderEntry[]> {
  return queryable.query<FolderEntry>(LIST, [mailboxId])
}

/**
 * Levels above that do not exist are made too (RFC 9051 §6.3.4); nobody has subscribed to those.
 * @param existing as they are under the mailbox's lock @returns the folder's id
 */
export async function insertFolder(
  transaction: Queryable,
  mailboxId: number,
  existing: readonly FolderEntry[],
  { name, specialUse, isSubscribed }: NewFolder,
): Promise<number> {
  const known = new Set(existing.map((folder) => folder.name))
  const missing = [...parentNames(name), name].filter((each) => !known.has(each))
  if (known.size + missing.length > MAX_FOLDERS) throw new StoreRefusal('tooManyFolders')
  const uses = missing.map((each) => (each === name ? specialUse : null))
  const subscribed = missing.map((each) => each === name && isSubscribed)
  const made = await transaction.query<{ id: number; name: string }>(CREATE, [mailboxId, missing, uses, subscribed])
  return made.find((folder) => folder.name === name)?.id ?? 0
}

/** @returns the folder's id */
export async function createFolder(database: Database, mailboxId: number, wanted: NewFolder): Promise<number> {
  const name = canonicalFolderName(wanted.name)
  if (!isAllowedFolderName(name)) throw new StoreRefusal('nameNotAllowed')
  return database.transaction(async (transaction) => {
    await lockMailbox(transaction, mailboxId)
    const existing = await listFolders(transaction, mailboxId)
    if (existing.some((folder) => folder.name === name)) throw new StoreRefusal('folderExists')
    return insertFolder(transaction, mailboxId, existing, { ...wanted, name })
  })
}

/** @returns the id that the folder had */
export async function deleteFolder(database: Database, mailboxId: number, wanted: string): Promise<number> {
  const name = canonicalFolderName(wanted)
  if (name === 'INBOX') throw new StoreRefusal('cannotChangeInbox')
  return database.transaction(async (transaction) => {
    await lockMailbox(transaction, mailboxId)
    const existing = await listFolders(transaction, mailboxId)
    const folder = existing.find((each) => each.name === name)
    if (!folder) throw new StoreRefusal('noSuchFolder')
    if (existing.some((each) => each.name.startsWith(`${name}/`))) throw new StoreRefusal('folderHasChildren')
    const bodies = await transaction.query<{ body_id: number }>(DELETE, [mailboxId, folder.id])
    await removeUnsharedBodies(
      transaction,
      mailboxId,
      bodies.map(({ body_id }) => body_id),
    )
    return folder.id
  })
}

/** Folders below move along. INBOX is not renamed but emptied: see move-inbox in copy-messages.ts. */
export async function renameFolder(database: Database, mailboxId: number, from: string, to: string): Promise<void> {
  const [oldName, newName] = [canonicalFolderName(from), canonicalFolderName(to)]
  if (!isAllowedFolderName(newName) || newName.startsWith(`${oldName}/`)) throw new StoreRefusal('nameNotAllowed')
  await database.transaction(async (transaction) => {
    await lockMailbox(transaction, mailboxId)
    const existing = await listFolders(transaction, mailboxId)
    const names = new Set(existing.map((folder) => folder.name))
    if (!names.has(oldName)) throw new StoreRefusal('noSuchFolder')
    if (names.has(newName)) throw new StoreRefusal('folderExists')
    const [parent] = parentNames(newName).slice(-1)
    if (parent !== undefined && !names.has(parent)) {
      await insertFolder(transaction, mailboxId, existing, { name: parent, specialUse: null, isSubscribed: false })
    }
    await transaction.query(RENAME, [mailboxId, oldName, newName])
  })
}

/** Nobody is subscribed to a folder that is not there: clients unsubscribe after they have deleted it. */
export async function setSubscribed(
  queryable: Queryable,
  mailboxId: number,
  wanted: string,
  isSubscribed: boolean,
): Promise<void> {
  const changed = await queryable.query(SUBSCRIBE, [mailboxId, canonicalFolderName(wanted), isSubscribed])
  if (isSubscribed && changed.length === 0) throw new StoreRefusal('noSuchFolder')
}
