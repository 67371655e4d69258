/**
 * A mailbox as a ZIP archive, written while it is read: one message is in memory at a time, however large the mailbox.
 *
 * account.json, activity.jsonl, recipes/*.sieve, and each folder as mail/*.mbox. What arrives meanwhile may be in it or not.
 */
import { makeZip } from 'client-zip'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'
import { accountData, eventLines } from './account-data.ts'
import { type ExportedMessage, mboxEntry } from './mbox.ts'

type Entry = {
  readonly name: string
  readonly lastModified: Date
  readonly input: string | AsyncIterable<Uint8Array | string>
}

export function exportMailbox(mailbox: MailboxModel): ReadableStream<Uint8Array> {
  return makeZip(entries(mailbox, new Date()))
}

async function* entries(mailbox: MailboxModel, lastModified: Date): AsyncGenerator<Entry> {
  const { id: mailboxId } = mailbox
  const json = JSON.stringify(await accountData(mailbox), null, 2)
  yield { name: 'account.json', lastModified, input: `${json}\n` }
  yield { name: 'activity.jsonl', lastModified, input: eventLines(mailboxId) }
  const scripts = await prisma().sieveScript.findMany({ where: { mailboxId }, orderBy: { name: 'asc' } })
  for (const [index, { name, content }] of scripts.entries()) {
    yield { name: `recipes/${fileName(name, index)}.sieve`, lastModified, input: content }
  }
  const folders = await prisma().folder.findMany({ where: { mailboxId }, orderBy: { id: 'asc' } })
  for (const [index, { id, name }] of folders.entries()) {
    yield { name: `mail/${fileName(name, index)}.mbox`, lastModified, input: messagesOf(mailboxId, id) }
  }
}

/** A folder's name may be anything, a file's may not; the number keeps two of them apart. */
function fileName(name: string, index: number): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '_')
    .slice(0, 60)
  return `${String(index + 1).padStart(2, '0')} ${safe}`
}

type Row = Omit<ExportedMessage, 'content'> & { uid: bigint; prefix: Uint8Array; content: Uint8Array }

async function* messagesOf(mailboxId: number, folderId: bigint): AsyncGenerator<Uint8Array> {
  let last = 0n
  for (;;) {
    const [row] = await prisma().$queryRaw<Row[]>`
      SELECT m.uid, m.flags, m.keywords, m.internal_date AS "internalDate", m.prefix, b.content
      FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
      WHERE m.mailbox_id = ${mailboxId} AND m.folder_id = ${folderId} AND m.uid > ${last}
      ORDER BY m.uid LIMIT 1`
    if (row === undefined) return
    const { uid, prefix, content, ...facts } = row
    yield mboxEntry({ ...facts, content: Buffer.concat([prefix, content]) })
    last = uid
  }
}
