/**
 * Dovecot's own formats on this machine's disk as a source: sdbox, a file for each message, and mdbox, many messages in
 * a file. Numbers, flags and keywords come from its index, which lies beside the messages.
 *
 * Guarantees: files are read and never touched.
 * Leaves behind, and says so: messages whose attachments lie elsewhere, or that are packed in a way unknown here.
 */
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeFolderName } from '../imap/wire/modified-utf7.ts'
import { type DboxMessage, keptUidl, readDboxFacts, readDboxMessage, receivedAt, wireSize } from './dbox-message.ts'
import { type DovecotIndex, flagNames, type IndexedMessage } from './dovecot-index.ts'
import { readIndexFiles } from './dovecot-index-files.ts'
import { dovecotUidl } from './maildir-numbers.ts'
import {
  isUid,
  isUidl,
  MAX_FOLDERS,
  type MailSource,
  type SourceEntry,
  SourceFailed,
  type SourceFolder,
  type SourceListing,
} from './source.ts'
import { sourceFlags } from './source-flags.ts'
import { specialUseOf } from './special-use.ts'
import { toWireLines } from './wire-lines.ts'

const MESSAGES = 'dbox-Mails'
const INDEX = 'dovecot.index'
const MAP_INDEX = 'dovecot.map.index'

/** `offset` null: the first of the file */
type Place = { readonly file: string; readonly offset: number | null }
type FindPlace = (folder: string, message: IndexedMessage) => Place | null

export async function openDboxSource(path: string): Promise<MailSource> {
  const folders = await listFolders(path)
  if (folders.length === 0) throw new SourceFailed('filesUnreadable', 'no dbox there')
  /** of the open folder, by key */
  let places = new Map<string, Place>()
  return {
    openPopListing: async () => null,
    listFolders: async () => folders,
    async openFolder({ sourceName, levels }) {
      const folder = join(path, 'mailboxes', sourceName, MESSAGES)
      const index = await readIndexFiles(folder, INDEX)
      if (index === null || !isUid(index.uidValidity)) throw new SourceFailed('folderUnreadable', 'no Dovecot index')
      places = placesOf(folder, index, await placeFinder(path))
      return readListing(index, places, levels.join() === 'INBOX')
    },
    async *fetch(entries) {
      for (const entry of entries) {
        const message = await readPlace(places.get(entry.key), readDboxMessage)
        if (message !== null) yield { entry, ...sourceMessage(message) }
      }
    },
    close: async () => {},
  }
}

function sourceMessage({ content, facts }: DboxMessage) {
  return { content: toWireLines(content), internalDate: receivedAt(facts) }
}

/** Their names nest on the disk as they do on the wire. */
async function listFolders(path: string): Promise<SourceFolder[]> {
  const subscribed = await readSubscriptions(path)
  const found: SourceFolder[] = []
  async function visit(names: readonly string[]): Promise<void> {
    const entries = await readdir(join(path, 'mailboxes', ...names), { withFileTypes: true }).catch(() => [])
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (found.length >= MAX_FOLDERS) return
      if (name === MESSAGES) found.push(folderOf(names, subscribed))
      else await visit([...names, name])
    }
  }
  await visit([])
  return found
}

function folderOf(names: readonly string[], subscribed: ReadonlySet<string>): SourceFolder {
  const sourceName = names.join('/')
  const levels = names.map((name) => decodeFolderName(name) ?? name)
  const isSubscribed = sourceName === 'INBOX' || subscribed.has(sourceName)
  return { sourceName, levels, specialUse: specialUseOf(levels), isSubscribed, messageCount: 0 }
}

/** One name a line; its levels are parted by tabs since version 2, by slashes before. */
async function readSubscriptions(path: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(path, 'subscriptions'), 'utf8').catch(() => '')
  return new Set(text.split('\n').map((line) => line.replaceAll('\t', '/')))
}

/** mdbox numbers messages over all folders; its map says in which file each of them is. */
async function placeFinder(path: string): Promise<FindPlace> {
  const storage = join(path, 'storage')
  const map = await readIndexFiles(storage, MAP_INDEX)
  if (map === null) return (folder, { uid }) => ({ file: join(folder, `u.${uid}`), offset: null })
  return (_folder, { records }) => {
    const [mapUid] = numbersOf(records.get('mdbox'))
    const [fileNumber, offset] = numbersOf(map.messages.get(mapUid ?? 0)?.records.get('map'))
    if (fileNumber === undefined || offset === undefined) return null
    return { file: join(storage, `m.${fileNumber}`), offset }
  }
}

function numbersOf(record: Buffer = Buffer.alloc(0)): number[] {
  return Array.from({ length: Math.floor(record.length / 4) }, (_, place) => record.readUInt32LE(place * 4))
}

function placesOf(folder: string, index: DovecotIndex, findPlace: FindPlace): Map<string, Place> {
  return new Map(
    [...index.messages.values()].flatMap((message): [string, Place][] => {
      const place = findPlace(folder, message)
      return place === null ? [] : [[String(message.uid), place]]
    }),
  )
}

async function readListing(
  index: DovecotIndex,
  places: ReadonlyMap<string, Place>,
  isInbox: boolean,
): Promise<SourceListing> {
  const { uidValidity, uidNext, messages } = index
  const entries: SourceEntry[] = []
  for (const message of [...messages.values()].sort((one, other) => one.uid - other.uid)) {
    const { uid } = message
    const facts = (await readPlace(places.get(String(uid)), readDboxFacts)) ?? new Map()
    const kept = keptUidl(facts)
    const uidl = kept !== null && isUidl(kept) ? kept : isInbox ? dovecotUidl(uid, uidValidity) : null
    entries.push({ key: String(uid), uid, uidl, sizeBytes: wireSize(facts), ...sourceFlags(flagNames(message)) })
  }
  return { numbers: { uidValidity, uidNext, highestModseq: 1 }, entries }
}

/** @returns null when it is not there, or is not ours to read */
async function readPlace<Value>(
  place: Place | undefined,
  read: (file: FileHandle, offset: number | null) => Promise<Value>,
): Promise<Value | null> {
  const file = place === undefined ? null : await open(place.file).catch(() => null)
  if (place === undefined || file === null) return null
  try {
    return await read(file, place.offset)
  } finally {
    await file.close()
  }
}
