/**
 * Copies and moves within a mailbox (COPY, MOVE of RFC 6851, RENAME of INBOX). Copies share the body.
 *
 * Guarantees: all or nothing; a moved message is in exactly one of the two folders at every moment, keeps its UIDL (a
 * POP client that saw it will not fetch it again) and costs no quota; a copy has a UIDL of its own. Copies reach beyond
 * the quota no farther than a message that comes in may: only one alone does.
 */
import type { Database, Queryable } from '#lib/db/database.ts'
import { removeMessages } from './expunge.ts'
import { canonicalFolderName } from './folder-name.ts'
import { lockMailbox } from './lock-mailbox.ts'
import { StoreRefusal } from './store-refusal.ts'
import {
  between,
  CHANGED_AT_ONCE,
  messagesIn,
  rangeColumns,
  rangesOf,
  splitRanges,
  type UidRange,
} from './uid-range.ts'

export type Transfer = {
  readonly targetId: number
  readonly uidValidity: number
  /** pairs in the order of the source's UIDs */
  readonly sourceUids: readonly number[]
  readonly targetUids: readonly number[]
}

const FIND_FOLDER = {
  name: 'transfer-find-folder',
  text: 'SELECT id, uid_validity AS "uidValidity" FROM folders WHERE mailbox_id = $1 AND name = $2',
}

const CHOSEN = `
chosen AS MATERIALIZED (
  SELECT m.*, row_number() OVER (ORDER BY m.uid) AS position
  FROM ${messagesIn('$4', '$5')}
), grown AS (
  UPDATE folders SET uid_next = uid_next + (SELECT count(*) FROM chosen), highest_modseq = highest_modseq + 1
  WHERE mailbox_id = $1 AND id = $3 AND EXISTS (SELECT 1 FROM chosen)
  RETURNING uid_next - (SELECT count(*) FROM chosen) AS first_uid, highest_modseq
)`
const COLUMNS =
  'mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, flags, keywords, modseq, uidl, envelope, search_text'
const PLACED_VALUES =
  'c.mailbox_id, $3, g.first_uid - 1 + c.position, c.body_id, c.prefix, c.size_bytes, c.internal_date, c.flags, c.keywords, g.highest_modseq'

const COPY = {
  name: 'transfer-copy',
  text: `
WITH ${CHOSEN}, placed AS (
  INSERT INTO messages (${COLUMNS})
  SELECT ${PLACED_VALUES}, replace(gen_random_uuid()::text, '-', ''), c.envelope, c.search_text FROM chosen c, grown g
), filled AS (
  UPDATE mailboxes SET used_bytes = used_bytes + (SELECT sum(size_bytes) FROM chosen)
  WHERE id = $1 AND EXISTS (SELECT 1 FROM chosen)
)
SELECT c.uid AS source, g.first_uid - 1 + c.position AS target FROM chosen c, grown g ORDER BY c.uid`,
}

/** The source's row first: the mailbox's lock already keeps two moves of one mailbox apart. */
const MOVE = {
  name: 'transfer-move',
  text: `
WITH ${CHOSEN}, raised AS (
  UPDATE folders SET highest_modseq = highest_modseq + 1
  WHERE mailbox_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM chosen)
  RETURNING highest_modseq
), gone AS (
  DELETE FROM messages m USING chosen c WHERE m.mailbox_id = $1 AND m.folder_id = $2 AND ${between('$4', '$5')} AND m.uid = c.uid
), noted AS (
  INSERT INTO expunged_messages (mailbox_id, folder_id, uid, modseq)
  SELECT $1, $2, c.uid, raised.highest_modseq FROM chosen c, raised
), placed AS (
  INSERT INTO messages (${COLUMNS}) SELECT ${PLACED_VALUES}, c.uidl, c.envelope, c.search_text FROM chosen c, grown g
)
SELECT c.uid AS source, g.first_uid - 1 + c.position AS target FROM chosen c, grown g ORDER BY c.uid`,
}

const IS_OVER = {
  name: 'transfer-is-over',
  text: 'SELECT used_bytes > quota_bytes AS "isOver" FROM mailboxes WHERE id = $1',
}

type Target = { readonly id: number; readonly uidValidity: number }

async function findTarget(transaction: Queryable, mailboxId: number, targetName: string): Promise<Target> {
  const [target] = await transaction.query<Target>(FIND_FOLDER, [mailboxId, canonicalFolderName(targetName)])
  if (!target) throw new StoreRefusal('noSuchFolder')
  return target
}

async function transfer(
  transaction: Queryable,
  statement: typeof COPY,
  values: { mailboxId: number; folderId: number; uids: readonly UidRange[]; targetName: string },
  afterPage: (transferred: number) => Promise<void> = async () => {},
): Promise<Transfer> {
  const { mailboxId, folderId, uids, targetName } = values
  const target = await findTarget(transaction, mailboxId, targetName)
  const pairs: { source: number; target: number }[] = []
  for (const page of splitRanges(uids, CHANGED_AT_ONCE)) {
    const columns = [mailboxId, folderId, target.id, ...rangeColumns(page)]
    pairs.push(...(await transaction.query<{ source: number; target: number }>(statement, columns)))
    await afterPage(pairs.length)
  }
  return {
    targetId: target.id,
    uidValidity: target.uidValidity,
    sourceUids: pairs.map(({ source }) => source),
    targetUids: pairs.map((pair) => pair.target),
  }
}

/** @throws StoreRefusal, which takes all of them back */
async function refuseOver(transaction: Queryable, mailboxId: number, copied: number): Promise<void> {
  if (copied < 2) return
  const [mailbox] = await transaction.query<{ isOver: boolean }>(IS_OVER, [mailboxId])
  if (mailbox?.isOver) throw new StoreRefusal('overQuota')
}

export function copyMessages(
  database: Database,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  targetName: string,
): Promise<Transfer> {
  return database.transaction(async (transaction) => {
    const { isFull } = await lockMailbox(transaction, mailboxId)
    if (isFull) throw new StoreRefusal('overQuota')
    const afterPage = (copied: number) => refuseOver(transaction, mailboxId, copied)
    return transfer(transaction, COPY, { mailboxId, folderId, uids, targetName }, afterPage)
  })
}

/** A full mailbox can still be tidied: a move takes no room. */
export function moveMessages(
  database: Database,
  mailboxId: number,
  folderId: number,
  uids: readonly UidRange[],
  targetName: string,
): Promise<Transfer> {
  return database.transaction(async (transaction) => {
    await lockMailbox(transaction, mailboxId)
    const { id: targetId } = await findTarget(transaction, mailboxId, targetName)
    if (targetId !== folderId) return transfer(transaction, MOVE, { mailboxId, folderId, uids, targetName })
    // Into the folder where they are (RFC 6851 §3.3 leaves it open): new UIDs at the end.
    const moved = await transfer(transaction, COPY, { mailboxId, folderId, uids, targetName })
    await removeMessages(transaction, mailboxId, folderId, rangesOf(moved.sourceUids), 0)
    return moved
  })
}
