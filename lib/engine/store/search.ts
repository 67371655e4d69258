/**
 * SEARCH: the cheapest reading that decides it. Flags, dates and sizes are filtered by the database, envelopes are looked
 * at next, headers and bodies are read only for messages that nothing cheaper has ruled in or out.
 *
 * Guarantees: bounded memory (pages of UIDs, then few messages at a time); words are found whatever the message's
 * charset and transfer encoding.
 */
import type { Queryable } from '#lib/db/database.ts'
import { foldText } from '#lib/mime/search-text.ts'
import { parseSentDate } from '#lib/mime/sent-date.ts'
import { envelopeValue } from './envelope-text.ts'
import {
  CONTENT_HEAD_BYTES,
  fetchHeads,
  HEADER_HEAD_BYTES,
  type MessageHead,
  readHeader,
  readWholeContent,
} from './fetch.ts'
import {
  foundUids,
  type MessageRow,
  messageRows,
  type RowColumns,
  rowsAsColumns,
  type UidColumn,
  uidsAsColumn,
} from './message-rows.ts'
import { readAhead } from './read-ahead.ts'
import { type Day, FIRST_DAY, LAST_DAY, mentions, type SearchKey, soughtTexts } from './search-key.ts'
import { findTexts, SearchableMessage } from './searchable-message.ts'
import { countOf, includesUid, messagesIn, rangeColumns, rangesOf, splitRanges, type UidRange } from './uid-range.ts'

const PAGE_OF_UIDS = 5_000
const PAGE_OF_ROWS = 2_000
const HEADS_AT_ONCE = 50

/** What the database checks by itself. */
type Filter = {
  mask: number
  wanted: number
  moreThan: number
  lessThan: number
  from: Day
  before: Day
  atLeast: number
  /** what stands in the envelope; "" is anything */
  holds: string
}

/** The primary key's index has all of it. */
const FILTERED = `FROM ${messagesIn('$3', '$4')}
WHERE (m.flags & $6) = $7 AND m.size_bytes > $8 AND m.size_bytes < $9 AND m.modseq >= $12
  AND m.internal_date >= $10 AND m.internal_date < $11`

const SEARCH_UIDS = {
  name: 'search-uids',
  text: `SELECT ${uidsAsColumn}, array_agg(m.modseq) FILTER (WHERE $13) AS modseqs ${FILTERED}`,
}
const SEARCH_ROWS = {
  name: 'search-rows',
  text: `
SELECT ${rowsAsColumns("CASE WHEN $13 THEN m.envelope ELSE '' END")} ${FILTERED}
  AND ($14 = '' OR m.search_text IS NULL OR strpos(m.search_text COLLATE "C", $14) > 0)`,
}

/** @returns the filter that holds for every match, and whether it alone decides */
function filterOf(key: SearchKey): { filter: Filter; isExact: boolean } {
  const filter = {
    mask: 0,
    wanted: 0,
    moreThan: -1,
    lessThan: 2 ** 31 - 1,
    from: FIRST_DAY,
    before: LAST_DAY,
    atLeast: 0,
    holds: '',
  }
  const keys = key.kind === 'and' ? key.keys : [key]
  let isExact = true
  for (const each of keys) isExact = narrow(filter, each) && isExact
  return { filter, isExact }
}

function narrow(filter: Filter, key: SearchKey): boolean {
  switch (key.kind) {
    case 'all':
      return true
    case 'flag': {
      const bits = key.isSet ? key.bit : 0
      const isContradiction = (filter.mask & key.bit) !== 0 && (filter.wanted & key.bit) !== bits
      filter.mask |= key.bit
      filter.wanted |= bits
      return !isContradiction
    }
    case 'size':
      filter.moreThan = Math.max(filter.moreThan, Math.min(key.moreThan, 2 ** 31 - 1))
      filter.lessThan = Math.min(filter.lessThan, key.lessThan)
      return true
    case 'internalDate':
      filter.from = Math.max(filter.from, key.from)
      filter.before = Math.min(filter.before, key.before)
      return true
    case 'modseq':
      filter.atLeast = Math.max(filter.atLeast, key.atLeast)
      return true
    default:
      filter.holds ||= heldBy(key)
      return false
  }
}

/** What stands in the envelope of every match; "" is anything. */
function heldBy(key: SearchKey): string {
  if (key.kind === 'envelope') return key.text
  if (key.kind !== 'or') return ''
  const text = heldBy(key.either)
  return text === heldBy(key.other) ? text : ''
}

/** Three values: a key that needs what has not been read yet is null, and "or" and "and" may do without it. */
function matches(key: SearchKey, candidate: SearchableMessage, zone: SiteZone): boolean | null {
  const message = candidate.row
  switch (key.kind) {
    case 'all':
      return true
    case 'flag':
      return ((message.flags & key.bit) !== 0) === key.isSet
    case 'bodyId':
      return message.bodyId === key.bodyId
    case 'keyword':
      return message.keywords.some((keyword) => keyword.toLowerCase() === key.keyword)
    case 'uids':
      return includesUid(key.ranges, message.uid)
    case 'internalDate':
      return isWithin(dayOf(message.internalDate, zone), key)
    case 'sentDate': {
      const day = sentDay(message.envelope)
      return day !== null && isWithin(day, key)
    }
    case 'size':
      return message.sizeBytes > key.moreThan && message.sizeBytes < key.lessThan
    case 'modseq':
      return message.modseq >= key.atLeast
    case 'envelope':
      return candidate.envelopeHas(key.field, key.text)
    case 'header':
      return candidate.headerHas(key.name, key.text)
    case 'body':
    case 'text':
      return candidate.textHas(key.text, key.kind === 'text')
    case 'not':
      return negate(matches(key.key, candidate, zone))
    case 'or':
      return either(matches(key.either, candidate, zone), () => matches(key.other, candidate, zone))
    case 'and':
      return every(key.keys, (each) => matches(each, candidate, zone))
  }
}

const negate = (value: boolean | null) => (value === null ? null : !value)

function either(first: boolean | null, second: () => boolean | null): boolean | null {
  if (first === true) return true
  const other = second()
  return other === true ? true : first === null || other === null ? null : false
}

function every(keys: readonly SearchKey[], test: (key: SearchKey) => boolean | null): boolean | null {
  let isOpen = false
  for (const key of keys) {
    const value = test(key)
    if (value === false) return false
    if (value === null) isOpen = true
  }
  return isOpen ? null : true
}

const isWithin = (day: Day, { from, before }: { from: Day; before: Day }) => day >= from && day < before

/** IMAP dates have no zone (RFC 9051 §6.4.4): the days are those of the site. */
export type SiteZone = { readonly offsetMinutes: number }

function dayOf(date: Date, { offsetMinutes }: SiteZone): Day {
  const local = new Date(date.getTime() + offsetMinutes * 60_000)
  return local.getUTCFullYear() * 10_000 + (local.getUTCMonth() + 1) * 100 + local.getUTCDate()
}

/** The moment at which a day begins. */
function startOf(day: Day, { offsetMinutes }: SiteZone): string {
  if (day <= FIRST_DAY) return '-infinity'
  if (day >= LAST_DAY) return 'infinity'
  const midnight = Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)
  return new Date(midnight - offsetMinutes * 60_000).toISOString()
}

/** The day of the Date field as the sender wrote it. */
function sentDay(envelope: string): Day | null {
  const sent = parseSentDate(envelopeValue(envelope, 'date') ?? '')
  return sent === null ? null : sent.year * 10_000 + sent.month * 100 + sent.day
}

/** For those that flags and envelopes did not decide. @returns those that match */
async function decideByBytes(
  queryable: Queryable,
  { mailboxId, folderId, key, zone }: Search,
  open: readonly MessageRow[],
): Promise<MessageRow[]> {
  const rows = new Map(open.map((row) => [row.uid, row]))
  const uids = rangesOf(open.map(({ uid }) => uid))
  // Most letters are then here as a whole, and need no reading of their own.
  const needsHeader = mentions(key, ['header'])
  const headBytes = mentions(key, ['body', 'text']) ? CONTENT_HEAD_BYTES : HEADER_HEAD_BYTES
  const read = (page: readonly UidRange[]) => fetchHeads(queryable, mailboxId, folderId, page, headBytes)
  const sought = soughtTexts(key)
  const found: MessageRow[] = []
  for await (const heads of readAhead(splitRanges(uids, HEADS_AT_ONCE), read)) {
    for (const message of heads) {
      const candidate = new SearchableMessage(rows.get(message.uid) ?? message)
      if (needsHeader) candidate.addHeader(await wholeHeader(queryable, mailboxId, message))
      let verdict = matches(key, candidate, zone)
      if (verdict === null) {
        const content = Buffer.concat([message.prefix, await readWholeContent(queryable, mailboxId, message)])
        candidate.addFound(await findTexts(content, sought))
        verdict = matches(key, candidate, zone)
      }
      if (verdict === true) found.push(candidate.row)
    }
  }
  return found
}

async function wholeHeader(queryable: Queryable, mailboxId: number, message: MessageHead): Promise<Buffer> {
  return Buffer.concat([message.prefix, await readHeader(queryable, mailboxId, message)])
}

export type SearchedFolder = {
  readonly mailboxId: number
  readonly folderId: number
  /** the UIDs that the session knows: it must not hear of others */
  readonly uids: readonly UidRange[]
}

export type Match = {
  readonly uid: number
  /** 0 where the search is not about it */
  readonly modseq: number
}

function filterValues(filter: Filter, zone: SiteZone): unknown[] {
  const days = [startOf(filter.from, zone), startOf(filter.before, zone)]
  return [filter.mask, filter.wanted, filter.moreThan, filter.lessThan, ...days, filter.atLeast]
}

type Search = SearchedFolder & { readonly key: SearchKey; readonly filter: Filter; readonly zone: SiteZone }

const pageValues = ({ mailboxId, folderId, filter, zone }: Search, page: readonly UidRange[]) => [
  mailboxId,
  folderId,
  ...rangeColumns(page),
  countOf(page),
  ...filterValues(filter, zone),
]

/** What the filter alone decides. */
async function findByFilter(queryable: Queryable, search: Search): Promise<Match[]> {
  const wantsModseqs = mentions(search.key, ['modseq'])
  const found: Match[] = []
  for (const page of splitRanges(search.uids, PAGE_OF_UIDS)) {
    const values = [...pageValues(search, page), wantsModseqs]
    const [columns] = await queryable.query<UidColumn & { modseqs: number[] | null }>(SEARCH_UIDS, values)
    if (columns === undefined) continue
    const { modseqs } = columns
    foundUids(columns, page).forEach((uid, index) => {
      found.push({ uid, modseq: modseqs?.[index] ?? 0 })
    })
  }
  return found
}

async function findByReading(queryable: Queryable, search: Search): Promise<Match[]> {
  const { key, filter, zone } = search
  const needsEnvelope = mentions(key, ['envelope', 'sentDate'])
  const found: Match[] = []
  for (const page of splitRanges(search.uids, PAGE_OF_ROWS)) {
    const values = [...pageValues(search, page), needsEnvelope, filter.holds]
    const [columns] = await queryable.query<RowColumns>(SEARCH_ROWS, values)
    const rows = messageRows(columns, page)
    const verdicts = rows.map((row) => matches(key, new SearchableMessage(row), zone))
    found.push(...rows.filter((_, index) => verdicts[index] === true))
    const open = rows.filter((_, index) => verdicts[index] === null)
    if (open.length > 0) found.push(...(await decideByBytes(queryable, search, open)))
  }
  return found.map(({ uid, modseq }) => ({ uid, modseq })).sort((one, other) => one.uid - other.uid)
}

export function searchFolder(
  queryable: Queryable,
  folder: SearchedFolder,
  key: SearchKey,
  zone: SiteZone,
): Promise<Match[]> {
  const { filter, isExact } = filterOf(key)
  const search = { ...folder, key, filter, zone }
  return isExact ? findByFilter(queryable, search) : findByReading(queryable, search)
}

/** Text of a SEARCH, ready to be compared. */
export const searchText = foldText
