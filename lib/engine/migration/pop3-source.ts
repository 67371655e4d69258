/**
 * An old POP3 server (RFC 1939) as a source: the one folder that POP has, with the UIDLs that its clients know.
 *
 * Guarantees: nothing is deleted there; UIDLs are taken as they are spelt. Refuses: UIDLs that RFC 1939 §7 does not
 * allow and those that come twice, because a client would take two messages for one.
 */
import { connectPop3, type Pop3Channel } from './pop3-channel.ts'
import {
  isUidl,
  MAX_FOLDER_MESSAGES,
  MAX_MESSAGE_BYTES,
  type MailSource,
  type PopEntry,
  type PopListing,
  type SourceEntry,
  SourceFailed,
  type SourceMessage,
} from './source.ts'
import type { SourceAccess } from './source-access.ts'

const INBOX = { sourceName: 'INBOX', levels: ['INBOX'], specialUse: null, isSubscribed: true } as const

/** For a source that has POP3 alone. */
export async function openPop3Source(access: SourceAccess): Promise<MailSource> {
  const { channel, entries } = await openMaildrop(access)
  const numberOf = new Map(entries.map(({ uidl, number }) => [uidl, number]))
  return {
    openPopListing: async () => null,
    listFolders: async () => [{ ...INBOX, messageCount: entries.length }],
    openFolder: async () => ({ numbers: null, entries: entries.map(sourceEntry) }),
    async *fetch(wanted) {
      for (const entry of wanted) {
        const message = await retrieve(channel, numberOf.get(entry.key) ?? 0, entry)
        if (message !== null) yield message
      }
    },
    close: () => leave(channel),
  }
}

/** For a source whose messages come by IMAP: what POP3 calls them. */
export async function openPopListing(access: SourceAccess): Promise<PopListing> {
  const { channel, entries } = await openMaildrop(access)
  return {
    entries,
    async readHeader({ number }) {
      const header = await channel.text(`TOP ${number} 0`)
      if (header === null) throw new SourceFailed('protocolBroken', 'TOP was refused')
      return header
    },
    close: () => leave(channel),
  }
}

async function openMaildrop(access: SourceAccess): Promise<{ channel: Pop3Channel; entries: PopEntry[] }> {
  const channel = await connectPop3(access)
  try {
    if (!/^\+OK\b/i.test(await channel.readLine())) throw new SourceFailed('protocolBroken', 'no POP3 greeting')
    if (access.tls === 'STARTTLS') {
      await channel.command('STLS').catch((cause) => {
        throw new SourceFailed('tlsFailed', 'STLS was refused', { cause })
      })
      await channel.startTls(access)
    }
    await logIn(channel, access)
    return { channel, entries: await listMaildrop(channel) }
  } catch (error) {
    channel.close()
    throw error
  }
}

async function logIn(channel: Pop3Channel, { user, password }: SourceAccess): Promise<void> {
  if (/[\r\n\0]/.test(user + password)) throw new SourceFailed('loginRefused', 'a line break in the login')
  // Both are sent as UTF-8; the channel writes what it is given.
  await channel.command(`USER ${user}`).catch(asRefusedLogin)
  await channel.command(`PASS ${password}`).catch(asRefusedLogin)
}

function asRefusedLogin(error: unknown): never {
  const isRefusal = error instanceof SourceFailed && /was refused$/.test(error.message)
  throw isRefusal ? new SourceFailed('loginRefused', 'the login was refused') : error
}

async function listMaildrop(channel: Pop3Channel): Promise<PopEntry[]> {
  const sizes = new Map<number, number>()
  for await (const line of channel.listing('LIST')) {
    const [, number, size] = /^(\d{1,9}) (\d{1,12})\b/.exec(line) ?? []
    if (number === undefined || sizes.size >= MAX_FOLDER_MESSAGES) throw new SourceFailed('protocolBroken', 'LIST')
    sizes.set(Number(number), Number(size))
  }
  const byUidl = new Map<string, PopEntry>()
  let answered = 0
  for await (const line of channel.listing('UIDL')) {
    const [, number, uidl] = /^(\d{1,9}) +(\S.*?) *$/.exec(line) ?? []
    answered += 1
    if (number === undefined || uidl === undefined || answered > MAX_FOLDER_MESSAGES)
      throw new SourceFailed('protocolBroken', 'UIDL')
    const sizeBytes = sizes.get(Number(number))
    if (sizeBytes === undefined || !isUidl(uidl) || byUidl.has(uidl)) continue
    byUidl.set(uidl, { number: Number(number), sizeBytes, uidl })
  }
  return [...byUidl.values()]
}

function sourceEntry({ uidl, sizeBytes }: PopEntry): SourceEntry {
  return { key: uidl, uid: null, uidl, sizeBytes, flags: 0, keywords: [] }
}

async function retrieve(channel: Pop3Channel, number: number, entry: SourceEntry): Promise<SourceMessage | null> {
  if (entry.sizeBytes > MAX_MESSAGE_BYTES) return null
  const content = await channel.text(`RETR ${number}`)
  return content === null ? null : { entry, content, internalDate: receivedDate(content) }
}

const HEADER_BYTES = 65_536

/** POP3 does not say when a message came; the topmost Received field does. */
export function receivedDate(content: Buffer): Date {
  const head = content.toString('latin1', 0, HEADER_BYTES).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ')
  const received = /^Received:[^\r\n]*;([^\r\n;]*)$/im.exec(unfolded)?.[1]
  const date = new Date((received ?? /^Date:([^\r\n]*)$/im.exec(unfolded)?.[1] ?? '').replace(/\([^)]*\)/g, ''))
  return Number.isNaN(date.getTime()) || date.getTime() < 0 ? new Date() : date
}

async function leave(channel: Pop3Channel): Promise<void> {
  await channel.command('QUIT').catch(() => {})
  channel.close()
}
