/**
 * Sends what FETCH asks for of many messages, page by page, as fast as the client takes it. Reads no more of a message
 * than the items need. Shared by FETCH and by the resynchronisation of SELECT (RFC 7162 §3.2.5).
 */

import { SEEN } from '#lib/mail/message-flags.ts'
import { CONTENT_HEAD_BYTES, HEADER_HEAD_BYTES } from '../store/fetch.ts'
import type { FlagsRow } from '../store/message-rows.ts'
import { readAhead } from '../store/read-ahead.ts'
import { rangesOf, splitRanges, type UidRange } from '../store/uid-range.ts'
import { FetchAnswer } from './fetch-answer.ts'
import type { SelectedSession } from './session.ts'
import type { FetchItem } from './wire/fetch-items.ts'

type Reading = { readonly pageMessages: number; readonly read: (uids: readonly UidRange[]) => Promise<FlagsRow[]> }

const PAGE_OF_FLAGS = 5_000
const PAGE_OF_ROWS = 500
const PAGE_OF_HEADERS = 100
const PAGE_OF_CONTENTS = 32

/** Which items make us read rows, headers or contents; the others are content with flags. */
const rowKinds: readonly FetchItem['kind'][] = ['internalDate', 'size', 'envelope', 'emailId']
const contentKinds: readonly FetchItem['kind'][] = [
  'section',
  'binary',
  'binarySize',
  'preview',
  'body',
  'bodyStructure',
]

function isHeaderOnly(item: FetchItem): boolean {
  if (!contentKinds.includes(item.kind)) return true
  if (item.kind !== 'section') return false
  const { path, text } = item.section
  return path.length === 0 && text !== null && text !== 'TEXT'
}

/** The cheapest reading that has what the items need. */
function readingFor({ store, folder }: SelectedSession, items: readonly FetchItem[]): Reading {
  if (items.some(({ kind }) => contentKinds.includes(kind))) {
    const isLight = items.every(isHeaderOnly)
    const headBytes = isLight ? HEADER_HEAD_BYTES : CONTENT_HEAD_BYTES
    const pageMessages = isLight ? PAGE_OF_HEADERS : PAGE_OF_CONTENTS
    return { pageMessages, read: (uids) => store.fetchHeads(folder.id, uids, headBytes) }
  }
  const needsRow = items.some(({ kind }) => rowKinds.includes(kind))
  if (needsRow) return { pageMessages: PAGE_OF_ROWS, read: (uids) => store.fetchRows(folder.id, uids) }
  const wantsModseqs = items.some(({ kind }) => kind === 'modseq')
  return { pageMessages: PAGE_OF_FLAGS, read: (uids) => store.fetchFlags(folder.id, uids, wantsModseqs) }
}

/** @returns the messages as they are now, and which of them this made \Seen */
async function markSeen(session: SelectedSession, page: readonly FlagsRow[]): Promise<[FlagsRow[], Set<number>]> {
  const unseen = page.filter(({ flags }) => (flags & SEEN) === 0)
  if (unseen.length === 0 || session.folder.isReadOnly) return [[...page], new Set()]
  const uids = rangesOf(unseen.map(({ uid }) => uid))
  const change = { operation: 'add' as const, flags: SEEN, keywords: [], unchangedSince: null }
  const stored = await session.store.storeFlags(session.folder.id, uids, change)
  session.folder.noteOwnChange(stored.filter(({ isStored }) => isStored))
  const changed = new Map(stored.map((row) => [row.uid, row]))
  const now = page.map((row) => {
    const { flags, keywords, modseq } = changed.get(row.uid) ?? row
    return { ...row, flags, keywords, modseq }
  })
  return [now, new Set(changed.keys())]
}

/** @returns how many messages were there to send */
export async function sendMessages(
  session: SelectedSession,
  items: readonly FetchItem[],
  uids: readonly UidRange[],
): Promise<number> {
  const setsSeen = items.some((item) => 'setsSeen' in item && item.setsSeen)
  const answer = new FetchAnswer(session, items)
  const { pageMessages, read } = readingFor(session, items)
  let sent = 0
  for await (const rows of readAhead(splitRanges(uids, pageMessages), read)) {
    const [messages, made] = setsSeen ? await markSeen(session, rows) : [rows, new Set<number>()]
    await answer.send(messages, made)
    sent += messages.length
    await session.makeRoom()
  }
  return sent
}

/** Those of the messages that have changed after that modseq. */
export async function changedSince(
  { store, folder }: SelectedSession,
  uids: readonly UidRange[],
  modseq: number,
): Promise<UidRange[]> {
  const found = await store.search(folder.id, uids, { kind: 'modseq', atLeast: modseq + 1 })
  return rangesOf(found.map(({ uid }) => uid))
}
