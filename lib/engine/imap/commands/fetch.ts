/**
 * FETCH and UID FETCH (RFC 9051 §6.4.5), CHANGEDSINCE of RFC 7162.
 *
 * Guarantees: reads no more of a message than the items need; a long answer is made page by page, as fast as the client
 * takes it. A body that is read without PEEK marks its message \Seen, in the same answer.
 */

import { CONTENT_HEAD_BYTES, type FlagsRow, HEADER_HEAD_BYTES } from '../../store/fetch.ts'
import { SEEN } from '../../store/flags.ts'
import { splitRanges, type UidRange } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { FetchAnswer } from '../fetch-answer.ts'
import { countOf, uidsOf } from '../message-sets.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'
import { type FetchItem, readFetchItems } from '../wire/fetch-items.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

type Reading = { readonly pageMessages: number; readonly read: (uids: readonly UidRange[]) => Promise<FlagsRow[]> }

const PAGE_OF_FLAGS = 1_000
const PAGE_OF_ROWS = 500
const PAGE_OF_HEADERS = 100
const PAGE_OF_CONTENTS = 32

function isHeaderOnly(item: FetchItem): boolean {
  if (item.kind === 'body' || item.kind === 'bodyStructure') return false
  if (item.kind !== 'section') return true
  const { path, text } = item.section
  return path.length === 0 && text !== null && text !== 'TEXT'
}

/** The cheapest reading that has what the items need. */
function readingFor({ store, folder }: SelectedSession, items: readonly FetchItem[]): Reading {
  const kinds = new Set(items.map(({ kind }) => kind))
  if (kinds.has('section') || kinds.has('body') || kinds.has('bodyStructure')) {
    const isLight = items.every(isHeaderOnly)
    const headBytes = isLight ? HEADER_HEAD_BYTES : CONTENT_HEAD_BYTES
    const pageMessages = isLight ? PAGE_OF_HEADERS : PAGE_OF_CONTENTS
    return { pageMessages, read: (uids) => store.fetchHeads(folder.id, uids, headBytes) }
  }
  const needsRow = kinds.has('internalDate') || kinds.has('size') || kinds.has('envelope')
  if (needsRow) return { pageMessages: PAGE_OF_ROWS, read: (uids) => store.fetchRows(folder.id, uids) }
  return { pageMessages: PAGE_OF_FLAGS, read: (uids) => store.fetchFlags(folder.id, uids) }
}

/** @returns the messages as they are now, and which of them this made \Seen */
async function markSeen(session: SelectedSession, page: readonly FlagsRow[]): Promise<[FlagsRow[], Set<number>]> {
  const unseen = page.filter(({ flags }) => (flags & SEEN) === 0)
  if (unseen.length === 0 || session.folder.isReadOnly) return [[...page], new Set()]
  const uids = unseen.map(({ uid }) => ({ first: uid, last: uid }))
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

async function sendAll(
  session: SelectedSession,
  items: readonly FetchItem[],
  uids: readonly UidRange[],
): Promise<number> {
  const setsSeen = items.some((item) => item.kind === 'section' && item.setsSeen)
  const answer = new FetchAnswer(session, items)
  const { pageMessages, read } = readingFor(session, items)
  let sent = 0
  for (const page of splitRanges(uids, pageMessages)) {
    const rows = await read(page)
    const [messages, made] = setsSeen ? await markSeen(session, rows) : [rows, new Set<number>()]
    for (const message of messages) await answer.send(message, made.has(message.uid))
    sent += messages.length
    await session.makeRoom()
  }
  return sent
}

async function changedOnly(session: SelectedSession, uids: readonly UidRange[], since: number): Promise<UidRange[]> {
  const found = await session.store.search(session.folder.id, uids, { kind: 'modseq', atLeast: since + 1 })
  return found.map(({ uid }) => ({ first: uid, last: uid }))
}

/** "(CHANGEDSINCE 123)" @returns null when it is not there */
function readChangedSince(args: ArgumentReader): number | null {
  if (args.isAtEnd) return null
  args.space()
  args.expect('(')
  if (args.word() !== 'CHANGEDSINCE') throw new BadSyntax('There is no such FETCH modifier')
  args.space()
  const modseq = args.modseq()
  args.expect(')')
  return modseq
}

/** UID FETCH always tells the UID, and whoever asks for changes wants to hear modseqs. */
function completed(items: readonly FetchItem[], isUid: boolean, withModseq: boolean): FetchItem[] {
  const has = (kind: FetchItem['kind']) => items.some((item) => item.kind === kind)
  const uid: FetchItem[] = isUid && !has('uid') ? [{ kind: 'uid' }] : []
  const modseq: FetchItem[] = withModseq && !has('modseq') ? [{ kind: 'modseq' }] : []
  return [...uid, ...items, ...modseq]
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const asked = readFetchItems(args)
  const changedSince = readChangedSince(args)
  args.end()
  if (changedSince !== null || asked.some(({ kind }) => kind === 'modseq')) session.hasCondstore = true
  const items = completed(asked, isUid, changedSince !== null)
  const wanted = uidsOf(session.folder, set, isUid)
  const uids = changedSince === null ? wanted : await changedOnly(session, wanted, changedSince)
  const sent = await sendAll(session, items, uids)
  // Another session expunged some, and this client has not been told yet (RFC 2180 §4.1.2).
  if (!isUid && sent < countOf(uids)) return no('Some of these messages are gone already', 'EXPUNGEISSUED')
  return ok('Done')
}

export const fetch: SelectedCommand = { state: 'selected', reports: 'flags', run: (s, args) => run(s, args, false) }
export const uidFetch: SelectedCommand = { state: 'selected', reports: 'changes', run: (s, args) => run(s, args, true) }
