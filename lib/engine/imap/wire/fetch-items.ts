/**
 * What a FETCH asks for (RFC 9051 §6.4.5; RFC 3501's RFC822 forms and macros; MODSEQ of RFC 7162, EMAILID and THREADID of
 * RFC 8474, PREVIEW of RFC 8970).
 */
import type { Section, SectionText } from '#lib/mime/sections.ts'
import { type BinaryItem, type BinarySizeItem, type Partial, readBinaryItem, readPartial } from './binary-items.ts'
import { readPath } from './part-path.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

export type SectionItem = {
  readonly kind: 'section'
  /** as the answer names it: `BODY[1.2.MIME]<0>` */
  readonly label: string
  readonly section: Section
  readonly partial: Partial | null
  /** reading it marks the message as read */
  readonly setsSeen: boolean
}

/** What one reading of many messages tells of each. */
export type RowItem = {
  readonly kind: 'uid' | 'flags' | 'internalDate' | 'size' | 'envelope' | 'modseq' | 'emailId' | 'threadId' | 'preview'
}
/** What needs the message's structure. */
export type StructureItem = { readonly kind: 'body' | 'bodyStructure' } | BinarySizeItem

export type FetchItem = RowItem | StructureItem | SectionItem | BinaryItem

const MAX_ITEMS = 64
const MAX_FIELDS = 256

const fast: FetchItem[] = [{ kind: 'flags' }, { kind: 'internalDate' }, { kind: 'size' }]
const macros: Readonly<Record<string, FetchItem[]>> = {
  FAST: fast,
  ALL: [...fast, { kind: 'envelope' }],
  FULL: [...fast, { kind: 'envelope' }, { kind: 'body' }],
}

const whole = (text: SectionText | null): Section => ({ path: [], text, fields: [] })
const legacy = (label: string, text: SectionText | null, setsSeen: boolean): SectionItem => ({
  kind: 'section',
  label,
  section: whole(text),
  partial: null,
  setsSeen,
})

const simpleItems: Readonly<Record<string, FetchItem>> = {
  UID: { kind: 'uid' },
  FLAGS: { kind: 'flags' },
  INTERNALDATE: { kind: 'internalDate' },
  'RFC822.SIZE': { kind: 'size' },
  ENVELOPE: { kind: 'envelope' },
  BODYSTRUCTURE: { kind: 'bodyStructure' },
  MODSEQ: { kind: 'modseq' },
  EMAILID: { kind: 'emailId' },
  THREADID: { kind: 'threadId' },
  RFC822: legacy('RFC822', null, true),
  'RFC822.HEADER': legacy('RFC822.HEADER', 'HEADER', false),
  'RFC822.TEXT': legacy('RFC822.TEXT', 'TEXT', true),
}

function readItem(reader: ArgumentReader): FetchItem {
  const name = reader.word()
  if (name === 'BODY' || name === 'BODY.PEEK') {
    if (reader.peek() === '[') return readSectionItem(reader, name === 'BODY')
    if (name === 'BODY') return { kind: 'body' }
  }
  if (name === 'PREVIEW') return readPreviewItem(reader)
  if (name === 'BINARY' || name === 'BINARY.PEEK' || name === 'BINARY.SIZE') return readBinaryItem(reader, name)
  const item = simpleItems[name]
  if (item === undefined) throw new BadSyntax('There is no such FETCH item')
  return item
}

/** Ours are always made at once, so LAZY (RFC 8970 §3.1) asks for nothing else. */
function readPreviewItem(reader: ArgumentReader): FetchItem {
  reader.skipText(' (LAZY)')
  return { kind: 'preview' }
}

/** "1.2.HEADER.FIELDS": numbers first, then the text. */
function splitSpec(spec: string): { path: number[]; text: SectionText | null } {
  const { path, rest } = readPath(spec)
  const isKnown = /^(HEADER|TEXT|MIME|HEADER\.FIELDS|HEADER\.FIELDS\.NOT)?$/.test(rest)
  if (!isKnown || (rest === 'MIME' && path.length === 0)) throw new BadSyntax('There is no such section')
  return { path, text: rest === '' ? null : (rest as SectionText) }
}

function readSectionItem(reader: ArgumentReader, setsSeen: boolean): SectionItem {
  reader.expect('[')
  const spec = reader.peek() === ']' ? '' : reader.word()
  const { path, text } = splitSpec(spec)
  let names: string[] = []
  if (text?.startsWith('HEADER.FIELDS')) {
    reader.space()
    names = reader.list(() => reader.astring())
    if (names.length === 0 || names.length > MAX_FIELDS) throw new BadSyntax('The list of fields is empty or too long')
  }
  reader.expect(']')
  const partial = readPartial(reader)
  const list = names.length === 0 ? '' : ` (${names.map(fieldName).join(' ')})`
  const label = `BODY[${spec}${list}]${partial === null ? '' : `<${partial.start}>`}`
  const fields = names.map((name) => name.toLowerCase())
  return { kind: 'section', label, section: { path, text, fields }, partial, setsSeen }
}

/** A field name is repeated in the answer: nothing that could break out of it. */
function fieldName(name: string): string {
  if (!/^[\x21-\x39\x3b-\x7e]{1,128}$/.test(name)) throw new BadSyntax('There is no such header field')
  return /^[^(){%*"\\\]]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

export function readFetchItems(reader: ArgumentReader): FetchItem[] {
  if (reader.peek() === '(') {
    const items = reader.list(() => readItem(reader))
    if (items.length === 0 || items.length > MAX_ITEMS) throw new BadSyntax('No items, or too many')
    return items
  }
  const macro = macros[reader.peekWord()]
  if (macro === undefined) return [readItem(reader)]
  reader.word()
  return macro
}
