/**
 * ImapEnvelope: the ENVELOPE item of FETCH in wire form (RFC 3501 §7.4.2, RFC 9051 §7.5.2), made once when a message
 * is stored, so that a client's message list never touches a body.
 *
 * Guarantees: pure ASCII in quoted strings without control characters. Raw 8-bit or raw JIS text, which the protocol
 * has no place for, is decoded and written as RFC 2047 encoded-words: every client then shows it. Works on the
 * header's first MAX_HEADER_BYTES only; linear time.
 */
import { type HeaderAddress, parseAddressList } from './address-list.ts'
import { decodeUnlabelled } from './charset.ts'
import { decodeWords, encodeWords } from './encoded-words.ts'
import { scanFields, unfold } from './header.ts'

const MAX_HEADER_BYTES = 1_048_576
/** A message to more people than that shows the first ones; each FETCH of a list would carry all of them. */
const MAX_ADDRESSES_PER_FIELD = 1_000

const textFields = ['date', 'subject', 'in-reply-to', 'message-id'] as const
const addressFields = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc'] as const
const wanted: ReadonlySet<string> = new Set<string>([...textFields, ...addressFields])

/** IMAP's quoted string (RFC 3501 §4.3); control characters, which a person cannot see anyway, become spaces. */
export function quote(text: string): string {
  return `"${text.replace(/[\x00-\x1f\x7f]/g, ' ').replace(/["\\]/g, '\\$&')}"`
}

/** ASCII stays as it is; anything else goes out as encoded-words. */
export function wireText(text: string): string {
  return quote(/^[\x00-\x7f]*$/.test(text) ? text : encodeWords(decodeWords(text)))
}

const nullable = (text: string | null) => (text === null ? 'NIL' : wireText(text))

function addressStructure(address: HeaderAddress): string {
  if (address.kind === 'groupStart') return `(NIL NIL ${wireText(address.name)} NIL)`
  if (address.kind === 'groupEnd') return '(NIL NIL NIL NIL)'
  const { name, route, mailbox, host } = address
  return `(${nullable(name)} ${nullable(route)} ${wireText(mailbox)} ${wireText(host)})`
}

function addressList(value: string | undefined): string {
  if (value === undefined) return 'NIL'
  const list = parseAddressList(value, MAX_ADDRESSES_PER_FIELD)
  return list.length === 0 ? 'NIL' : `(${list.map(addressStructure).join('')})`
}

/** The first of each field that the envelope shows, unfolded and decoded from raw 8-bit. */
function readFields(message: Buffer): Map<string, string> {
  const fields = new Map<string, string>()
  for (const field of scanFields(message, 0, Math.min(message.length, MAX_HEADER_BYTES))) {
    if (!wanted.has(field.name) || fields.has(field.name)) continue
    fields.set(field.name, decodeUnlabelled(unfold(message, field.valueStart, field.end)).replace(/[ \t]+$/, ''))
  }
  return fields
}

/** @param message the whole message, or at least its header */
export function imapEnvelope(message: Buffer): string {
  const fields = readFields(message)
  const text = (name: (typeof textFields)[number]) => nullable(fields.get(name) ?? null)
  const from = addressList(fields.get('from'))
  const orFrom = (name: 'sender' | 'reply-to') => {
    const list = addressList(fields.get(name))
    return list === 'NIL' ? from : list
  }
  const [to, cc, bcc] = [addressList(fields.get('to')), addressList(fields.get('cc')), addressList(fields.get('bcc'))]
  const people = [from, orFrom('sender'), orFrom('reply-to'), to, cc, bcc].join(' ')
  return `(${text('date')} ${text('subject')} ${people} ${text('in-reply-to')} ${text('message-id')})`
}
