/** What a FETCH asks for (RFC 9051 §6.4.5; RFC 3501's RFC822 forms and macros; CHANGEDSINCE of RFC 7162). */
import type { Section, SectionText } from '../../mime/sections.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

export type SectionItem = {
  readonly kind: 'section'
  /** as the answer names it: `BODY[1.2.MIME]<0>` */
  readonly label: string
  readonly section: Section
  readonly partial: { readonly start: number; readonly count: number } | null
  /** reading it marks the message as read */
  readonly setsSeen: boolean
}

export type FetchItem =
  | { readonly kind: 'uid' | 'flags' | 'internalDate' | 'size' | 'envelope' | 'body' | 'bodyStructure' | 'modseq' }
  | SectionItem

const MAX_ITEMS = 64
const MAX_PART_DEPTH = 70
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
  const item = simpleItems[name]
  if (item === undefined) throw new BadSyntax('There is no such FETCH item')
  return item
}

/** "1.2.HEADER.FIELDS": numbers first, then the text. */
function splitSpec(spec: string): { path: number[]; text: SectionText | null } {
  const numbers = /^(?:[1-9]\d{0,8}(?:\.|$))*/.exec(spec)?.[0] ?? ''
  const path = numbers.split('.').filter(Boolean).map(Number)
  const rest = spec.slice(numbers.length)
  const isKnown = /^(HEADER|TEXT|MIME|HEADER\.FIELDS|HEADER\.FIELDS\.NOT)?$/.test(rest)
  const isDangling = rest === '' && numbers.endsWith('.')
  if (!isKnown || isDangling || path.length > MAX_PART_DEPTH || (rest === 'MIME' && path.length === 0)) {
    throw new BadSyntax('There is no such section')
  }
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

function readPartial(reader: ArgumentReader): { start: number; count: number } | null {
  if (!reader.skip('<')) return null
  const start = reader.number()
  reader.expect('.')
  const count = reader.number()
  reader.expect('>')
  if (count === 0) throw new BadSyntax('A partial fetch of nothing')
  return { start, count }
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
