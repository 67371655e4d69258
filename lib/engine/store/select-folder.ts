/**
 * A folder as a session sees it when it opens it, and what has changed since (RFC 9051 §6.3.2, RFC 7162).
 *
 * Guarantees: each answer is one statement, therefore one moment. Every change of a folder raises its highest modseq
 * under the folder's row lock, so that modseq order is commit order and "since modseq n" misses nothing.
 */
import type { Queryable } from '#lib/db/database.ts'
import { canonicalFolderName } from './folder-name.ts'
import { StoreRefusal } from './store-refusal.ts'
import { rangeColumns, type UidRange } from './uid-range.ts'

export type OpenedFolder = {
  readonly id: number
  readonly name: string
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModseq: number
  /** \Recent holds for UIDs from here on */
  readonly recentFrom: number
  /** the UIDs of its messages, ascending */
  readonly uids: readonly UidRange[]
  readonly firstUnseenUid: number | null
  /** those that its messages have, MAX_KEYWORDS_TOLD at the most */
  readonly keywords: readonly string[]
}

const MAX_KEYWORDS_TOLD = 200

const OPEN = {
  name: 'folder-open',
  text: `
SELECT f.id, f.name, f.uid_validity AS "uidValidity", f.uid_next AS "uidNext", f.highest_modseq AS "highestModseq",
       f.recent_from AS "recentFrom", u.firsts, u.lasts,
       (SELECT uid FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND (m.flags & 1) = 0
        ORDER BY uid LIMIT 1) AS "firstUnseenUid",
       ARRAY(SELECT DISTINCT keyword FROM messages m, unnest(m.keywords) keyword
             WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND m.keywords <> '{}'
             ORDER BY keyword LIMIT ${MAX_KEYWORDS_TOLD}) AS keywords
FROM folders f, LATERAL (
  SELECT array_agg(first ORDER BY first) AS firsts, array_agg(last ORDER BY first) AS lasts
  FROM (SELECT min(uid) AS first, max(uid) AS last
        FROM (SELECT uid, uid - row_number() OVER (ORDER BY uid) AS island
              FROM messages WHERE mailbox_id = $1 AND folder_id = f.id) numbered
        GROUP BY island) islands
) u
WHERE f.mailbox_id = $1 AND f.name = $2`,
}

type OpenRow = Omit<OpenedFolder, 'uids'> & { firsts: number[] | null; lasts: number[] | null }

export async function openFolder(queryable: Queryable, mailboxId: number, wanted: string): Promise<OpenedFolder> {
  const [row] = await queryable.query<OpenRow>(OPEN, [mailboxId, canonicalFolderName(wanted)])
  if (!row) throw new StoreRefusal('noSuchFolder')
  const { firsts, lasts, ...folder } = row
  const uids = (firsts ?? []).map((first, index) => ({ first, last: lasts?.[index] ?? first }))
  return { ...folder, uids }
}

const FIND = {
  name: 'folder-find',
  text: `
SELECT f.id, m.used_bytes >= m.quota_bytes AS "isFull"
FROM folders f JOIN mailboxes m ON m.id = f.mailbox_id WHERE f.mailbox_id = $1 AND f.name = $2`,
}

type FoundFolder = { readonly id: number; readonly isFull: boolean }

async function find(queryable: Queryable, mailboxId: number, wanted: string): Promise<FoundFolder> {
  const [row] = await queryable.query<FoundFolder>(FIND, [mailboxId, canonicalFolderName(wanted)])
  if (!row) throw new StoreRefusal('noSuchFolder')
  return row
}

export async function findFolder(queryable: Queryable, mailboxId: number, wanted: string): Promise<number> {
  return (await find(queryable, mailboxId, wanted)).id
}

/** @throws StoreRefusal when the folder does not exist or the mailbox is full */
export async function checkRoom(queryable: Queryable, mailboxId: number, wanted: string): Promise<void> {
  if ((await find(queryable, mailboxId, wanted)).isFull) throw new StoreRefusal('overQuota')
}

// Nobody waits for the disk here: after a loss of power a message may be \Recent twice.
const CLAIM_RECENT = {
  name: 'folder-claim-recent',
  text: `
UPDATE folders f SET recent_from = $3
FROM (SELECT recent_from FROM folders WHERE mailbox_id = $1 AND id = $2 FOR NO KEY UPDATE) before
WHERE f.mailbox_id = $1 AND f.id = $2 AND before.recent_from < $3
RETURNING before.recent_from AS "recentFrom", set_config('synchronous_commit', 'off', true)`,
}

/**
 * Only one session is told that a message is \Recent (RFC 3501 §2.3.2): the first to claim it.
 * @returns the first UID that this session may call recent; `uidNext` when another was faster
 */
export async function claimRecent(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  uidNext: number,
): Promise<number> {
  const [row] = await queryable.query<{ recentFrom: number }>(CLAIM_RECENT, [mailboxId, folderId, uidNext])
  return row?.recentFrom ?? uidNext
}

export type ChangedMessage = {
  readonly uid: number
  readonly flags: number
  readonly keywords: readonly string[]
  readonly modseq: number
}

export type FolderChanges = {
  readonly highestModseq: number
  readonly uidNext: number
  /** new messages and those whose flags changed, by UID */
  readonly changed: readonly ChangedMessage[]
  readonly expunged: readonly number[]
}

const HIGHEST_MODSEQ = {
  name: 'folder-highest-modseq',
  text: 'SELECT highest_modseq AS "highestModseq" FROM folders WHERE mailbox_id = $1 AND id = $2',
}
const CHANGES = {
  name: 'folder-changes',
  text: `
SELECT 0 AS kind, uid_next AS uid, 0::int2 AS flags, NULL::text[] AS keywords, highest_modseq AS modseq
FROM folders WHERE mailbox_id = $1 AND id = $2
UNION ALL
SELECT 1, uid, flags, keywords, modseq FROM messages WHERE mailbox_id = $1 AND folder_id = $2 AND modseq > $3
UNION ALL
SELECT 2, uid, 0::int2, NULL, modseq FROM expunged_messages WHERE mailbox_id = $1 AND folder_id = $2 AND modseq > $3
ORDER BY 1, 2`,
}

type ChangeRow = ChangedMessage & { kind: number }

/** @returns null when the folder has been deleted */
export async function changesSince(
  queryable: Queryable,
  mailboxId: number,
  folderId: number,
  modseq: number,
): Promise<FolderChanges | null> {
  const [folder] = await queryable.query<{ highestModseq: number }>(HIGHEST_MODSEQ, [mailboxId, folderId])
  if (!folder) return null
  if (folder.highestModseq <= modseq) return { highestModseq: modseq, uidNext: 0, changed: [], expunged: [] }
  const rows = await queryable.query<ChangeRow>(CHANGES, [mailboxId, folderId, modseq])
  const state = rows.find(({ kind }) => kind === 0)
  if (!state) return null
  return {
    highestModseq: state.modseq,
    uidNext: state.uid,
    changed: rows.filter(({ kind }) => kind === 1),
    expunged: rows.filter(({ kind }) => kind === 2).map(({ uid }) => uid),
  }
}

const EXPUNGED = {
  name: 'folder-expunged',
  text: `
SELECT e.uid FROM unnest($4::int8[], $5::int8[]) AS r(first, last)
JOIN expunged_messages e ON e.mailbox_id = $1 AND e.folder_id = $2 AND e.uid BETWEEN r.first AND r.last
WHERE e.modseq > $3 ORDER BY e.uid`,
}

/** Those of the UIDs that were removed after that modseq: all of them are remembered (RFC 7162 §3.2.5). */
export async function expungedSince(
  queryable: Queryable,
  folder: { mailboxId: number; folderId: number },
  uids: readonly UidRange[],
  modseq: number,
): Promise<number[]> {
  const values = [folder.mailboxId, folder.folderId, modseq, ...rangeColumns(uids)]
  return (await queryable.query<{ uid: number }>(EXPUNGED, values)).map(({ uid }) => uid)
}

export type FolderStatus = {
  readonly id: number
  readonly name: string
  readonly messages: number
  readonly unseen: number
  readonly recent: number
  readonly deleted: number
  readonly deletedBytes: number
  readonly sizeBytes: number
  readonly uidNext: number
  readonly uidValidity: number
  readonly highestModseq: number
}

const STATUS = {
  name: 'folder-status',
  text: `
SELECT f.id, f.name, f.uid_next AS "uidNext", f.uid_validity AS "uidValidity", f.highest_modseq AS "highestModseq",
       (SELECT count(*) FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id) AS messages,
       (SELECT count(*) FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND (m.flags & 1) = 0) AS unseen,
       (SELECT count(*) FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND m.uid >= f.recent_from) AS recent,
       CASE WHEN $3 THEN (SELECT count(*) FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND (m.flags & 8) <> 0)
            ELSE 0 END AS deleted,
       CASE WHEN $3 THEN (SELECT coalesce(sum(size_bytes), 0) FROM messages m
                          WHERE m.mailbox_id = $1 AND m.folder_id = f.id AND (m.flags & 8) <> 0)
            ELSE 0 END AS "deletedBytes",
       CASE WHEN $3 THEN (SELECT coalesce(sum(size_bytes), 0) FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.id)
            ELSE 0 END AS "sizeBytes"
FROM folders f WHERE f.mailbox_id = $1 AND f.name = ANY($2::text[]) ORDER BY f.name <> 'INBOX', f.name`,
}

/**
 * Of those that exist.
 * @param names in canonical form
 * @param isDetailed also what has to be looked up in every message: deleted, deletedBytes and sizeBytes
 */
export function folderStatuses(
  queryable: Queryable,
  mailboxId: number,
  names: readonly string[],
  isDetailed: boolean,
): Promise<FolderStatus[]> {
  return queryable.query<FolderStatus>(STATUS, [mailboxId, names, isDetailed])
}

export async function folderStatus(
  queryable: Queryable,
  mailboxId: number,
  wanted: string,
  isDetailed: boolean,
): Promise<FolderStatus> {
  const [row] = await folderStatuses(queryable, mailboxId, [canonicalFolderName(wanted)], isDetailed)
  if (!row) throw new StoreRefusal('noSuchFolder')
  return row
}
