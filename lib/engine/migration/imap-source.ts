/**
 * An old IMAP server as a source (RFC 3501, RFC 9051), read-only: folders are examined, nothing is marked as read.
 *
 * Guarantees: the bytes are those of BODY[], UIDs and UIDVALIDITY those of the server. Memory is bounded by one message
 * whatever the server announces. Refuses: UIDs that are none or that come twice, messages that were not asked for,
 * listings with fewer messages than the folder has, and an unencrypted login where the operator asked for TLS.
 */
import type { FetchMessageObject, ListResponse } from 'imapflow'
import { ImapFlow } from 'imapflow'
import type { MailSource, SourceEntry, SourceFolder, SourceListing, SourceMessage } from './source.ts'
import {
  type FolderNumbers,
  isUid,
  MAX_FOLDER_MESSAGES,
  MAX_FOLDERS,
  MAX_MESSAGE_BYTES,
  SourceFailed,
} from './source.ts'
import type { SourceAccess } from './source-access.ts'
import { failureOf } from './source-failure.ts'
import { sourceFlags } from './source-flags.ts'

const CONNECT_MS = 20_000
const SILENCE_MS = 120_000
const FETCHED_AT_ONCE = 200
const MAX_LINE_BYTES = 1_048_576
const MAX_TOKENS = 100_000
const SPECIAL_USES = new Set(['\\Sent', '\\Drafts', '\\Trash', '\\Junk', '\\Archive'])

export async function openImapSource(access: SourceAccess): Promise<MailSource> {
  const client = clientFor(access)
  // What broke the connection says more than what the commands then say of it.
  let broken: unknown
  client.on('error', (error) => {
    broken ??= error
  })
  const failure = (error: unknown) => failureOf(broken ?? error)
  const asked = <Result>(work: () => Promise<Result>) => work().catch((error) => Promise.reject(failure(error)))
  await asked(() => client.connect()).catch((error) => {
    client.close()
    throw error
  })
  return {
    openPopListing: async () => null,
    listFolders: () => asked(() => listFolders(client)),
    openFolder: (folder) => asked(() => openFolder(client, folder)),
    fetch: (entries) => fetchMessages(client, entries, failure),
    async close() {
      await client.logout().catch(() => {})
      client.close()
    },
  }
}

function clientFor({ host, imapPort, tls, authority, user, password }: SourceAccess): ImapFlow {
  return new ImapFlow({
    host,
    port: imapPort,
    secure: tls === 'IMPLICIT',
    doSTARTTLS: tls === 'STARTTLS',
    auth: { user, pass: password },
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(authority === '' ? {} : { ca: authority }) },
    logger: false,
    disableAutoIdle: true,
    disableBinary: true,
    disableCompression: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: MAX_MESSAGE_BYTES,
    maxResponseSize: MAX_MESSAGE_BYTES + MAX_LINE_BYTES,
    maxResponseTokens: MAX_TOKENS,
  })
}

async function listFolders(client: ImapFlow): Promise<SourceFolder[]> {
  const listed = await client.list({ statusQuery: { messages: true } })
  if (listed.length > MAX_FOLDERS) throw new SourceFailed('protocolBroken', `${listed.length} folders`)
  const prefix = client.namespace?.prefix ?? ''
  return listed.filter(({ flags }) => !flags.has('\\Noselect')).map((folder) => sourceFolder(folder, prefix))
}

function sourceFolder({ path, delimiter, specialUse, subscribed, status }: ListResponse, prefix: string): SourceFolder {
  // Courier and Cyrus have everything below INBOX; here it stands beside it.
  const own = prefix !== '' && path !== 'INBOX' && path.startsWith(prefix) ? path.slice(prefix.length) : path
  return {
    sourceName: path,
    levels: delimiter ? own.split(delimiter) : [own],
    specialUse: specialUse !== undefined && SPECIAL_USES.has(specialUse) ? specialUse : null,
    isSubscribed: subscribed === true,
    messageCount: status?.messages ?? 0,
  }
}

async function openFolder(client: ImapFlow, { sourceName }: SourceFolder): Promise<SourceListing> {
  const opened = await client.mailboxOpen(sourceName, { readOnly: true })
  const uidValidity = Number(opened.uidValidity)
  if (!isUid(uidValidity)) throw new SourceFailed('folderUnreadable', 'no UIDVALIDITY')
  const entries = new Map<number, SourceEntry>()
  if (opened.exists > 0) {
    for await (const { uid, flags, size } of client.fetch('1:*', { uid: true, flags: true, size: true })) {
      if (!isUid(uid)) throw new SourceFailed('folderUnreadable', 'a message without a UID')
      if (entries.size >= MAX_FOLDER_MESSAGES) throw new SourceFailed('folderUnreadable', 'too many messages')
      if (entries.has(uid)) continue
      entries.set(uid, { key: String(uid), uid, uidl: null, sizeBytes: size ?? 0, ...sourceFlags(flags ?? []) })
    }
  }
  // The library passes over what it cannot parse; a message that is not listed would be taken for one that is gone.
  const { mailbox } = client
  if (!mailbox || entries.size < mailbox.exists)
    throw new SourceFailed('folderUnreadable', 'not all messages are listed')
  return { numbers: numbersOf(opened, uidValidity, entries.keys()), entries: sortedByUid(entries) }
}

function numbersOf(
  { uidNext, highestModseq }: { uidNext: number; highestModseq?: bigint | undefined },
  uidValidity: number,
  uids: Iterable<number>,
): FolderNumbers {
  let beyond = 1
  for (const uid of uids) beyond = Math.max(beyond, uid + 1)
  const modseq = Number(highestModseq ?? 1)
  return {
    uidValidity,
    uidNext: Math.max(beyond, isUid(uidNext) ? uidNext : 1),
    highestModseq: Number.isSafeInteger(modseq) && modseq > 0 ? modseq : 1,
  }
}

function sortedByUid(entries: ReadonlyMap<number, SourceEntry>): SourceEntry[] {
  return [...entries.keys()].sort((one, other) => one - other).flatMap((uid) => entries.get(uid) ?? [])
}

async function* fetchMessages(
  client: ImapFlow,
  entries: readonly SourceEntry[],
  failure: (error: unknown) => SourceFailed,
): AsyncGenerator<SourceMessage> {
  for (let from = 0; from < entries.length; from += FETCHED_AT_ONCE) {
    const wanted = new Map(entries.slice(from, from + FETCHED_AT_ONCE).map((entry) => [entry.uid ?? 0, entry]))
    const query = { uid: true, flags: true, internalDate: true, source: true } as const
    try {
      for await (const message of client.fetch([...wanted.keys()].join(','), query, { uid: true })) {
        const entry = wanted.get(message.uid)
        if (entry === undefined || message.source === undefined) continue
        wanted.delete(message.uid)
        yield sourceMessage(entry, message, message.source)
      }
    } catch (error) {
      throw failure(error)
    }
  }
}

function sourceMessage(entry: SourceEntry, message: FetchMessageObject, content: Buffer): SourceMessage {
  const flags = message.flags === undefined ? {} : sourceFlags(message.flags)
  return { entry: { ...entry, ...flags }, content, internalDate: validDate(message.internalDate) }
}

function validDate(date: Date | string | undefined): Date {
  const parsed = new Date(date ?? Number.NaN)
  return Number.isNaN(parsed.getTime()) || parsed.getUTCFullYear() < 1970 || parsed.getUTCFullYear() > 9999
    ? new Date()
    : parsed
}
