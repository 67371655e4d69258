/**
 * A Maildir++ on this machine's disk as a source, with the numbers of the server that kept it.
 *
 * Guarantees: files are read and never touched; flags come from their names, dates from their times, as Dovecot has it.
 * Where a server kept no numbers, messages come in the order of their names.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeFolderName } from '../imap/wire/modified-utf7.ts'
import {
  baseName,
  dovecotUidl,
  type MaildirNumbers,
  readCourierUidls,
  readDovecotUidList,
  readUidDatabase,
} from './maildir-numbers.ts'
import {
  isUid,
  isUidl,
  type MailSource,
  type SourceEntry,
  SourceFailed,
  type SourceFolder,
  type SourceListing,
} from './source.ts'
import { sourceFlags } from './source-flags.ts'
import { specialUseOf } from './special-use.ts'
import { plainContent } from './stored-content.ts'
import { toWireLines } from './wire-lines.ts'

const FLAG_LETTERS: Readonly<Record<string, string>> = {
  S: '\\Seen',
  R: '\\Answered',
  F: '\\Flagged',
  T: '\\Deleted',
  D: '\\Draft',
  P: '$Forwarded',
}
export async function openMaildirSource(path: string): Promise<MailSource> {
  if (!(await readable(join(path, 'cur'), (name) => readdir(name))))
    throw new SourceFailed('filesUnreadable', 'no Maildir there')
  /** of the open folder, by key */
  let files = new Map<string, string>()
  return {
    openPopListing: async () => null,
    listFolders: () => listFolders(path),
    async openFolder({ sourceName }) {
      const opened = await readFolder(join(path, sourceName), sourceName === '')
      files = opened.files
      return opened.listing
    },
    async *fetch(entries) {
      for (const entry of entries) {
        const file = files.get(entry.key)
        const stored = file === undefined ? null : await readable(file, (name) => readFile(name))
        const content = stored === null ? null : plainContent(stored)
        const facts = file === undefined ? null : await readable(file, (name) => stat(name))
        if (content !== null && facts !== null)
          yield {
            entry,
            content: toWireLines(content),
            internalDate: new Date(Math.floor(facts.mtimeMs / 1_000) * 1_000),
          }
      }
    },
    close: async () => {},
  }
}

/** @returns null when it is not there, or is not ours to read */
async function readable<Value>(path: string, read: (path: string) => Promise<Value>): Promise<Value | null> {
  return read(path).catch(() => null)
}

const readText = (path: string) => readable(path, (name) => readFile(name, 'utf8'))

async function listFolders(path: string): Promise<SourceFolder[]> {
  const subscribed = await readSubscriptions(path)
  const directories = (await readdir(path, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && /^\.[^.]/.test(entry.name),
  )
  const folders = directories.map(({ name }) => {
    const levels = name
      .slice(1)
      .split('.')
      .map((level) => decodeFolderName(level) ?? level)
    const isSubscribed = subscribed.has(name.slice(1))
    return { sourceName: name, levels, specialUse: specialUseOf(levels), isSubscribed, messageCount: 0 }
  })
  const inbox = { sourceName: '', levels: ['INBOX'], specialUse: null, isSubscribed: true, messageCount: 0 }
  return [inbox, ...folders]
}

/** Names with dots, as Dovecot and Courier (below "INBOX.") write them. */
async function readSubscriptions(path: string): Promise<ReadonlySet<string>> {
  const dovecot = (await readText(join(path, 'subscriptions'))) ?? ''
  const courier = (await readText(join(path, 'courierimapsubscribed'))) ?? ''
  const names = `${dovecot}\n${courier}`.split('\n').map((line) => line.trim().replace(/^INBOX\./, ''))
  return new Set(names.map((name) => name.replaceAll('\t', '.').replaceAll('/', '.')))
}

async function readNumbers(folder: string): Promise<{ numbers: MaildirNumbers; isDovecot: boolean } | null> {
  const dovecot = await readText(join(folder, 'dovecot-uidlist'))
  const courier = dovecot === null ? await readText(join(folder, 'courierimapuiddb')) : null
  const numbers = dovecot === null ? (courier === null ? null : readUidDatabase(courier)) : readDovecotUidList(dovecot)
  return numbers === null || !isUid(numbers.uidValidity) ? null : { numbers, isDovecot: dovecot !== null }
}

async function readFolder(
  folder: string,
  isInbox: boolean,
): Promise<{ listing: SourceListing; files: Map<string, string> }> {
  const names = await listFiles(folder)
  const known = await readNumbers(folder)
  const keywords = await readKeywords(folder)
  const courierUidls = readCourierUidls((await readText(join(folder, 'courierpop3dsizelist'))) ?? '')
  const files = new Map<string, string>()
  const entries: SourceEntry[] = []
  let uidNext = Math.max(known?.numbers.uidNext ?? 1, 1)
  for (const { name, path } of names) {
    const base = baseName(name)
    const listed = known?.numbers.uids.get(base)
    const uid = known === null ? null : isUid(listed) ? listed : uidNext++
    const uidl = known?.numbers.uidls.get(base) ?? courierUidls.get(base) ?? null
    const ofDovecot = isInbox && known?.isDovecot && uid !== null ? dovecotUidl(uid, known.numbers.uidValidity) : null
    const named = uidl !== null && isUidl(uidl) ? uidl : ofDovecot
    const key = uid === null ? createHash('sha1').update(base).digest('hex') : String(uid)
    if (files.has(key)) continue
    files.set(key, path)
    const flags = sourceFlags(flagsOf(name, keywords))
    const sizeBytes = Number(/,S=(\d+)/.exec(name)?.[1] ?? 0)
    entries.push({ key, uid, uidl: named ?? (uid === null ? key : null), sizeBytes, ...flags })
  }
  entries.sort((one, other) => (one.uid ?? 0) - (other.uid ?? 0))
  const uidValidity = known?.numbers.uidValidity ?? null
  return {
    listing: { numbers: uidValidity === null ? null : { uidValidity, uidNext, highestModseq: 1 }, entries },
    files,
  }
}

async function listFiles(folder: string): Promise<{ name: string; path: string }[]> {
  const found = await Promise.all(
    ['cur', 'new'].map(async (directory) =>
      ((await readable(join(folder, directory), (path) => readdir(path))) ?? []).map((name) => ({
        name,
        path: join(folder, directory, name),
      })),
    ),
  )
  return found
    .flat()
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** The words behind the letters a to z of file names. */
async function readKeywords(folder: string): Promise<ReadonlyMap<string, string>> {
  const lines = ((await readText(join(folder, 'dovecot-keywords'))) ?? '').split('\n')
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, index, word] = /^(\d+) (\S+)$/.exec(line) ?? []
      return word === undefined ? [] : [[String.fromCharCode(97 + Number(index)), word]]
    }),
  )
}

function flagsOf(name: string, keywords: ReadonlyMap<string, string>): string[] {
  const letters = name.split(':2,')[1]?.split(',')[0] ?? ''
  return [...letters].flatMap((letter) => FLAG_LETTERS[letter] ?? keywords.get(letter) ?? [])
}
