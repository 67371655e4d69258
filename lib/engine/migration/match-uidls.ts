/**
 * Finds for each message that came by IMAP the name under which POP3 clients of the old system know it.
 *
 * Both protocols show the same messages in the same order; where sizes agree all along, that is enough. Otherwise a
 * message is known by its size when no other has it, or by its header. Refuses to guess: what is not found stays
 * unmatched, and its POP clients fetch it once more.
 */
import { sha256 } from '../store/staged-messages.ts'
import type { PopEntry, PopListing } from './source.ts'

export type KnownMessage = { readonly uid: number; readonly sizeBytes: number }

export type UidlMatch = { readonly uidls: ReadonlyMap<number, string>; readonly unmatched: readonly PopEntry[] }

/** @param messages by UID, ascending @param headerOf the header of one of them, with the empty line */
export async function matchUidls(
  listing: PopListing,
  messages: readonly KnownMessage[],
  headerOf: (uid: number) => Promise<Buffer>,
): Promise<UidlMatch> {
  const entries = [...listing.entries].sort((one, other) => one.number - other.number)
  const isSameOrder = entries.every(({ sizeBytes }, index) => messages[index]?.sizeBytes === sizeBytes)
  if (isSameOrder)
    return { uidls: new Map(entries.map(({ uidl }, at) => [messages[at]?.uid ?? 0, uidl])), unmatched: [] }
  const uidls = matchBySize(entries, messages)
  const taken = new Set(uidls.values())
  const restEntries = entries.filter(({ uidl }) => !taken.has(uidl))
  const restMessages = messages.filter(({ uid }) => !uidls.has(uid))
  const unmatched = await matchByHeader(listing, restEntries, restMessages, headerOf, uidls)
  return { uidls, unmatched }
}

function matchBySize(entries: readonly PopEntry[], messages: readonly KnownMessage[]): Map<number, string> {
  const entriesOf = Map.groupBy(entries, ({ sizeBytes }) => sizeBytes)
  const messagesOf = Map.groupBy(messages, ({ sizeBytes }) => sizeBytes)
  const uidls = new Map<number, string>()
  for (const [size, [entry, ...others]] of entriesOf) {
    const [message, ...rivals] = messagesOf.get(size) ?? []
    if (entry && message && others.length === 0 && rivals.length === 0) uidls.set(message.uid, entry.uidl)
  }
  return uidls
}

async function matchByHeader(
  listing: PopListing,
  entries: readonly PopEntry[],
  messages: readonly KnownMessage[],
  headerOf: (uid: number) => Promise<Buffer>,
  uidls: Map<number, string>,
): Promise<PopEntry[]> {
  const uidsOf = new Map<string, number[]>()
  for (const { uid } of messages) {
    const digest = headerDigest(await headerOf(uid))
    uidsOf.set(digest, [...(uidsOf.get(digest) ?? []), uid])
  }
  const unmatched: PopEntry[] = []
  for (const entry of entries) {
    const uid = uidsOf.get(headerDigest(await listing.readHeader(entry)))?.shift()
    if (uid === undefined) unmatched.push(entry)
    else uidls.set(uid, entry.uidl)
  }
  return unmatched
}

export function headerDigest(bytes: Buffer): string {
  const header = bytes.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? ''
  return sha256(Buffer.from(header.trimEnd(), 'latin1')).toString('base64')
}
