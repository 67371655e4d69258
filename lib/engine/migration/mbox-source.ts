/**
 * mbox files on this machine's disk as a source: one file is the INBOX; a directory has the INBOX and a file for each
 * other folder.
 *
 * UIDs are taken over when all messages have one and they ascend; otherwise there are none to take.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type MboxFile, type MboxMessage, readMbox } from './mbox.ts'
import { receivedDate } from './pop3-source.ts'
import { isUid, type MailSource, type SourceEntry, SourceFailed, type SourceFolder } from './source.ts'
import { sourceFlags } from './source-flags.ts'

const MAX_FILE_BYTES = 400_000_000
const INBOX_NAMES = ['inbox', 'mbox']

export async function openMboxSource(path: string): Promise<MailSource> {
  const root = await stat(path).catch((cause) => Promise.reject(unreadable(cause)))
  let messages = new Map<string, MboxMessage>()
  return {
    openPopListing: async () => null,
    listFolders: () => (root.isDirectory() ? listFiles(path) : Promise.resolve([folderOf('', ['INBOX'])])),
    async openFolder({ sourceName }) {
      const file = join(path, sourceName)
      if ((await stat(file)).size > MAX_FILE_BYTES) throw new SourceFailed('folderUnreadable', 'the file is too large')
      const mbox = readMbox(await readFile(file))
      const uidValidity = hasNumbers(mbox) ? mbox.uidValidity : null
      const keyed = mbox.messages.map((message, index) => ({ message, key: keyOf(message, index, uidValidity) }))
      messages = new Map(keyed.map(({ key, message }) => [key, message]))
      const entries = [...messages].map(([key, message]) => entryOf(key, message, uidValidity))
      const uidNext = (mbox.messages.at(-1)?.uid ?? 0) + 1
      return { numbers: uidValidity === null ? null : { uidValidity, uidNext, highestModseq: 1 }, entries }
    },
    async *fetch(entries) {
      for (const entry of entries) {
        const message = messages.get(entry.key)
        if (message === undefined) continue
        yield { entry, content: message.content, internalDate: message.date ?? receivedDate(message.content) }
      }
    },
    close: async () => {},
  }
}

function unreadable(cause: unknown): SourceFailed {
  return new SourceFailed('filesUnreadable', 'no mbox there', { cause })
}

async function listFiles(path: string): Promise<SourceFolder[]> {
  const files = (await readdir(path, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && !/^\.|\.(?:lock|cache|index)$/.test(entry.name),
  )
  return files.map(({ name }) =>
    folderOf(name, [INBOX_NAMES.includes(name.toLowerCase()) ? 'INBOX' : name.normalize('NFC')]),
  )
}

function folderOf(sourceName: string, levels: readonly string[]): SourceFolder {
  return { sourceName, levels, specialUse: null, isSubscribed: true, messageCount: 0 }
}

function hasNumbers({ uidValidity, messages }: MboxFile): boolean {
  if (!isUid(uidValidity)) return false
  return messages.every(({ uid }, index) => isUid(uid) && uid > (messages[index - 1]?.uid ?? 0))
}

/** Without numbers a message is known by what it is, and by which of its likes it is. */
function keyOf({ uid, content }: MboxMessage, index: number, uidValidity: number | null): string {
  if (uidValidity !== null) return String(uid)
  return createHash('sha1').update(content).update(String(index)).digest('hex')
}

function entryOf(key: string, { uid, content, flags }: MboxMessage, uidValidity: number | null): SourceEntry {
  const isNumbered = uidValidity !== null
  const numbers = { key, uid: isNumbered ? uid : null, uidl: isNumbered ? null : key }
  return { ...numbers, sizeBytes: content.length, ...sourceFlags(flags) }
}
