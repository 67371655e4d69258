/** How much lies in which folder. Only its owner may know: a folder's name can say whom they write with. */
import { prisma } from '#lib/db/prisma.ts'
import type { Actor } from './actor.ts'
import { listMailboxes } from './list-mailboxes.ts'

export type FolderView = {
  readonly id: string
  readonly mailboxId: number
  readonly name: string
  readonly specialUse: string | null
  readonly messageCount: number
  readonly usedBytes: number
}

/** INBOX first, then those that every mailbox has, then the largest. */
export async function listFolders(actor: Actor): Promise<FolderView[]> {
  const mailboxIds = (await listMailboxes(actor)).map(({ id }) => id)
  type Row = Omit<FolderView, 'messageCount' | 'usedBytes'> & { messageCount: bigint; usedBytes: bigint }
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT f.id::text, f.mailbox_id AS "mailboxId", f.name, f.special_use AS "specialUse",
           count(m.uid) AS "messageCount", coalesce(sum(m.size_bytes), 0)::int8 AS "usedBytes"
    FROM folders f LEFT JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
    WHERE f.mailbox_id = ANY(${mailboxIds})
    GROUP BY f.mailbox_id, f.id
    ORDER BY f.mailbox_id, f.name <> 'INBOX', f.special_use IS NULL,
             CASE WHEN f.special_use IS NULL THEN sum(m.size_bytes) END DESC NULLS LAST, f.name`
  return rows.map((row) => ({ ...row, messageCount: Number(row.messageCount), usedBytes: Number(row.usedBytes) }))
}
