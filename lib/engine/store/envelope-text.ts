/** Reads the kept ENVELOPE back, for searches that must not touch bodies. */
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { foldText } from '#lib/mime/search-text.ts'

export const envelopeFields = [
  'date',
  'subject',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'in-reply-to',
  'message-id',
] as const
export type EnvelopeField = (typeof envelopeFields)[number]

const addressFields: readonly EnvelopeField[] = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc']

type Member = { readonly start: number; readonly end: number }

/** The top-level members of "(a (b c) NIL)": quoted strings, lists and atoms. */
function members(envelope: string): Member[] {
  const result: Member[] = []
  let depth = 0
  let start = 1
  let isQuoted = false
  for (let at = 1; at < envelope.length; at++) {
    const character = envelope[at]
    if (isQuoted) {
      if (character === '\\') at++
      else if (character === '"') isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0 && (character === ' ' || character === ')')) {
      result.push({ start, end: at })
      start = at + 1
    }
  }
  return result
}

const unquote = (quoted: string) => quoted.slice(1, -1).replace(/\\(.)/gs, '$1')

function valueIn(envelope: string, member: Member | undefined): string | null {
  const text = member === undefined ? 'NIL' : envelope.slice(member.start, member.end)
  return text.startsWith('"') ? unquote(text) : text === 'NIL' ? null : text
}

/** @returns null when the message has no such field */
export function envelopeValue(envelope: string, field: EnvelopeField): string | null {
  return valueIn(envelope, members(envelope)[envelopeFields.indexOf(field)])
}

const ADDRESS =
  /\((NIL|"(?:[^"\\]|\\.)*") (?:NIL|"(?:[^"\\]|\\.)*") (NIL|"(?:[^"\\]|\\.)*") (NIL|"(?:[^"\\]|\\.)*")\)/gs

const textOf = (nstring: string | undefined) => (nstring === undefined || nstring === 'NIL' ? '' : unquote(nstring))

export type EnvelopeAddress = { readonly name: string; readonly mailbox: string; readonly host: string }

function addressesIn(value: string): EnvelopeAddress[] {
  return [...value.matchAll(ADDRESS)].map(([, name, mailbox, host]) => ({
    name: decodeWords(textOf(name)),
    mailbox: decodeWords(textOf(mailbox)),
    host: textOf(host),
  }))
}

/** Decoded; null when the field names nobody. */
export function firstAddress(envelope: string, field: 'from' | 'to' | 'cc'): EnvelopeAddress | null {
  return addressesIn(envelopeValue(envelope, field) ?? '')[0] ?? null
}

function searchTextOf(field: EnvelopeField, value: string): string {
  if (!addressFields.includes(field)) return foldText(decodeWords(value))
  const addresses = addressesIn(value).map(({ name, mailbox, host }) => `${name} <${mailbox}@${host}>`)
  return foldText(addresses.join(', '))
}

/** What SEARCH FROM, TO, CC, BCC and SUBJECT look at: decoded and folded; "name <mailbox@host>" for each address. */
export function envelopeSearchText(envelope: string, field: EnvelopeField): string {
  return searchTextOf(field, envelopeValue(envelope, field) ?? '')
}

const searchedFields = ['subject', 'from', 'to', 'cc', 'bcc', 'in-reply-to', 'message-id'] as const
export type SearchedField = (typeof searchedFields)[number]

/** All that SEARCH looks at in an envelope, a field each line; kept, so that what has no such word is not read. */
export function envelopeSearchTexts(envelope: string): string {
  const values = members(envelope)
  return searchedFields
    .map((field) => searchTextOf(field, valueIn(envelope, values[envelopeFields.indexOf(field)]) ?? ''))
    .join('\n')
    .replaceAll('\0', ' ') // PostgreSQL's text holds none
}
