/** Which folder of a source goes where, and how far it has come: the memory of a job between its passes. */
import type { Queryable } from '#lib/db/database.ts'
import { canonicalFolderName, isAllowedFolderName } from '../store/folder-name.ts'
import { reserveFolderId } from '../store/staged-messages.ts'
import type { ClaimedJob } from './jobs.ts'
import type { FolderNumbers, SourceFolder } from './source.ts'

export type MigratedFolder = {
  readonly sourceName: string
  /** here */
  readonly name: string
  readonly folderId: number
  readonly specialUse: string | null
  readonly isSubscribed: boolean
  /** null: the source numbers nothing, or was not looked at yet */
  readonly uidValidity: number | null
  readonly uidNext: number
  readonly highestModseq: number
  /** where messages have no UIDs: those that were there when it was taken over */
  readonly knownKeys: readonly string[]
  readonly isTakenOver: boolean
}

const LIST = {
  name: 'migrated-folders-list',
  text: `
SELECT source_name AS "sourceName", name, folder_id AS "folderId", special_use AS "specialUse",
  subscribed AS "isSubscribed", source_uid_validity AS "uidValidity", source_uid_next AS "uidNext",
  source_modseq AS "highestModseq", known_keys AS "knownKeys", taken_over_at IS NOT NULL AS "isTakenOver"
FROM migrated_folders WHERE mailbox_id = $1 AND source_id = $2 ORDER BY name`,
}
const ADD = {
  name: 'migrated-folders-add',
  text: `
INSERT INTO migrated_folders (mailbox_id, source_id, source_name, name, folder_id, special_use, subscribed)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
}
const NUMBER = {
  name: 'migrated-folders-number',
  text: `
UPDATE migrated_folders SET source_uid_validity = $4, source_uid_next = $5, source_modseq = $6
WHERE mailbox_id = $1 AND source_id = $2 AND source_name = $3`,
}
const ADVANCE = {
  name: 'migrated-folders-advance',
  text: `
UPDATE migrated_folders SET source_uid_next = greatest(source_uid_next, $4)
WHERE mailbox_id = $1 AND source_id = $2 AND source_name = $3`,
}
const MARK_TAKEN = {
  name: 'migrated-folders-mark-taken',
  text: `
WITH taken AS (
  UPDATE migrated_folders f SET taken_over_at = now(), known_keys = CASE WHEN source_uid_validity IS NULL THEN ARRAY(
    SELECT uidl FROM messages m WHERE m.mailbox_id = $1 AND m.folder_id = f.folder_id) ELSE '{}' END
  WHERE mailbox_id = $1 AND source_id = $2 AND source_name = ANY ($3) RETURNING name
)
UPDATE mailboxes SET has_utf7_folders = true
WHERE id = $1 AND NOT has_utf7_folders AND EXISTS (SELECT FROM taken WHERE name ~ '[^\\x01-\\x7f]|&')`,
}
const KNOW = {
  name: 'migrated-folders-know',
  text: `UPDATE migrated_folders SET known_keys = known_keys || $4::text[]
WHERE mailbox_id = $1 AND source_id = $2 AND source_name = $3`,
}

export function listMigratedFolders(queryable: Queryable, { mailboxId, sourceId }: ClaimedJob) {
  return queryable.query<MigratedFolder>(LIST, [mailboxId, sourceId])
}

/** Names that cannot be kept become the nearest ones that can; two that become one are told apart. */
export function plannedName(levels: readonly string[], taken: ReadonlySet<string>): string | null {
  const spelt = levels.map((level) => level.replace(/[/\\%*\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '_').trim() || '_')
  const name = canonicalFolderName(spelt.join('/'))
  for (let count = 1; count < 100; count += 1) {
    const candidate = count === 1 ? name : `${name} (${count})`
    if (!isAllowedFolderName(candidate)) return null
    if (!taken.has(candidate)) return candidate
  }
  return null
}

/** Adds the folders that are new. @returns those whose names are impossible */
export async function planFolders(
  queryable: Queryable,
  job: ClaimedJob,
  folders: readonly SourceFolder[],
): Promise<SourceFolder[]> {
  const known = await listMigratedFolders(queryable, job)
  const taken = new Set(known.map(({ name }) => name))
  const impossible: SourceFolder[] = []
  for (const folder of folders) {
    if (known.some(({ sourceName }) => sourceName === folder.sourceName)) continue
    const name = plannedName(folder.levels, taken)
    if (name === null) {
      impossible.push(folder)
      continue
    }
    taken.add(name)
    const { sourceName, specialUse, isSubscribed } = folder
    const folderId = await reserveFolderId(queryable)
    const values = [job.mailboxId, job.sourceId, sourceName, name, folderId, specialUse, isSubscribed]
    await queryable.query(ADD, values)
  }
  return impossible
}

export async function numberFolder(
  queryable: Queryable,
  { mailboxId, sourceId }: ClaimedJob,
  { sourceName }: MigratedFolder,
  { uidValidity, uidNext, highestModseq }: FolderNumbers,
): Promise<void> {
  await queryable.query(NUMBER, [mailboxId, sourceId, sourceName, uidValidity, uidNext, highestModseq])
}

/** After it was taken over: what is below was looked at. */
export async function advanceFolder(
  queryable: Queryable,
  { mailboxId, sourceId }: ClaimedJob,
  { sourceName }: MigratedFolder,
  uidNext: number,
): Promise<void> {
  await queryable.query(ADVANCE, [mailboxId, sourceId, sourceName, uidNext])
}

export async function markTakenOver(
  transaction: Queryable,
  { mailboxId, sourceId }: Pick<ClaimedJob, 'mailboxId' | 'sourceId'>,
  sourceNames: readonly string[],
): Promise<void> {
  await transaction.query(MARK_TAKEN, [mailboxId, sourceId, sourceNames])
}

export async function rememberKeys(
  transaction: Queryable,
  { mailboxId, sourceId }: ClaimedJob,
  { sourceName }: MigratedFolder,
  keys: readonly string[],
): Promise<void> {
  await transaction.query(KNOW, [mailboxId, sourceId, sourceName, keys])
}
