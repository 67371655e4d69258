/**
 * The criteria of a SEARCH (RFC 9051 §6.4.4, RFC 7162 §3.1.5, RFC 8474 §7). Depth and number of keys have a budget, and those
 * that go through the text of a message one of their own, so that nested NOTs, ORs and parentheses can neither exhaust
 * the stack nor the evaluation.
 */

import { flagBits } from '#lib/mail/message-flags.ts'
import { isKnownCharset } from '#lib/mime/charset.ts'
import type { SearchedField } from '../../store/envelope-text.ts'
import { searchText } from '../../store/search.ts'
import { FIRST_DAY, LAST_DAY, type SearchKey } from '../../store/search-key.ts'
import type { UidRange } from '../../store/uid-range.ts'
import { bodyIdOf } from '../object-ids.ts'
import { nextDay, parseDay } from './date-time.ts'
import type { MessageSet } from './sequence-set.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

/** What only the session knows: what numbers stand for. */
export interface SetResolver {
  sequenceNumbers(set: MessageSet): readonly UidRange[]
  uids(set: MessageSet): readonly UidRange[]
  recentUids(): readonly UidRange[]
}

export class UnknownCharset extends Error {}

const MAX_DEPTH = 50
const MAX_KEYS = 1_000
/** Each goes through all text of a message; people search for some words. */
const MAX_TEXT_KEYS = 32
const MAX_SIZE = Number.MAX_SAFE_INTEGER

const flag = (name: keyof typeof flagBits, isSet: boolean): SearchKey => ({ kind: 'flag', bit: flagBits[name], isSet })
const not = (key: SearchKey): SearchKey => ({ kind: 'not', key })

const flagKeys: Readonly<Record<string, SearchKey>> = {
  ALL: { kind: 'all' },
  ANSWERED: flag('\\Answered', true),
  DELETED: flag('\\Deleted', true),
  DRAFT: flag('\\Draft', true),
  FLAGGED: flag('\\Flagged', true),
  SEEN: flag('\\Seen', true),
  UNANSWERED: flag('\\Answered', false),
  UNDELETED: flag('\\Deleted', false),
  UNDRAFT: flag('\\Draft', false),
  UNFLAGGED: flag('\\Flagged', false),
  UNSEEN: flag('\\Seen', false),
}

const envelopeKeys: Readonly<Record<string, SearchedField>> = {
  BCC: 'bcc',
  CC: 'cc',
  FROM: 'from',
  SUBJECT: 'subject',
  TO: 'to',
}

class ProgramReader {
  readonly #reader: ArgumentReader
  readonly #resolver: SetResolver
  #charset = ''
  #keys = 0
  #textKeys = 0

  constructor(reader: ArgumentReader, resolver: SetResolver) {
    this.#reader = reader
    this.#resolver = resolver
  }

  setCharset(charset: string): void {
    if (!isKnownCharset(charset)) throw new UnknownCharset()
    this.#charset = charset
  }

  readProgram(): SearchKey {
    if (this.#reader.peekWord() === 'CHARSET') {
      this.#reader.word()
      this.#reader.space()
      this.setCharset(this.#reader.astring())
      this.#reader.space()
    }
    const keys = [this.#key(0)]
    while (!this.#reader.isAtEnd) {
      this.#reader.space()
      if (!this.#reader.isAtEnd) keys.push(this.#key(0))
    }
    return keys.length === 1 ? (keys[0] as SearchKey) : { kind: 'and', keys }
  }

  #key(depth: number): SearchKey {
    this.#keys += 1
    if (depth > MAX_DEPTH || this.#keys > MAX_KEYS) throw new BadSyntax('The search is nested too deeply or too long')
    const next = this.#reader.peek()
    if (next === '(') return { kind: 'and', keys: this.#reader.list(() => this.#key(depth + 1)) }
    if (/[\d*$]/.test(next)) return { kind: 'uids', ranges: this.#resolver.sequenceNumbers(this.#reader.sequenceSet()) }
    const name = this.#reader.word()
    return flagKeys[name] ?? this.#recentKey(name) ?? this.#keyWithArgument(name, depth)
  }

  #recentKey(name: string): SearchKey | null {
    const recent: SearchKey = { kind: 'uids', ranges: this.#resolver.recentUids() }
    if (name === 'RECENT') return recent
    if (name === 'OLD') return not(recent)
    return name === 'NEW' ? { kind: 'and', keys: [recent, flag('\\Seen', false)] } : null
  }

  #keyWithArgument(name: string, depth: number): SearchKey {
    this.#reader.space()
    const field = envelopeKeys[name]
    if (field !== undefined) return { kind: 'envelope', field, text: this.#text() }
    switch (name) {
      case 'NOT':
        return not(this.#key(depth + 1))
      case 'OR': {
        const either = this.#key(depth + 1)
        this.#reader.space()
        return { kind: 'or', either, other: this.#key(depth + 1) }
      }
      case 'EMAILID':
        return { kind: 'bodyId', bodyId: bodyIdOf(this.#reader.atom()) }
      case 'THREADID':
        // No message has one (see object-ids.ts).
        this.#reader.atom()
        return not({ kind: 'all' })
      case 'UID':
        return { kind: 'uids', ranges: this.#resolver.uids(this.#reader.sequenceSet()) }
      case 'KEYWORD':
        return { kind: 'keyword', keyword: this.#reader.flag().toLowerCase() }
      case 'UNKEYWORD':
        return not({ kind: 'keyword', keyword: this.#reader.flag().toLowerCase() })
      case 'BODY':
        return { kind: 'body', text: this.#soughtText() }
      case 'TEXT':
        return { kind: 'text', text: this.#soughtText() }
      case 'HEADER':
        return this.#header()
      case 'LARGER':
        return { kind: 'size', moreThan: this.#reader.number64(), lessThan: MAX_SIZE }
      case 'SMALLER':
        return { kind: 'size', moreThan: -1, lessThan: this.#reader.number64() }
      case 'MODSEQ':
        return this.#modseq()
      default:
        return this.#date(name)
    }
  }

  #text(): string {
    return searchText(this.#reader.text(this.#charset))
  }

  #soughtText(): string {
    this.#textKeys += 1
    if (this.#textKeys > MAX_TEXT_KEYS) throw new BadSyntax('The search is for too many texts')
    return this.#text()
  }

  #header(): SearchKey {
    const name = this.#reader.astring().toLowerCase()
    this.#reader.space()
    const text = this.#text()
    // Without text it asks whether there is such a field, which an envelope does not tell from an empty one.
    const isKept = (name === 'message-id' || name === 'in-reply-to') && text !== ''
    return isKept ? { kind: 'envelope', field: name, text } : { kind: 'header', name, text }
  }

  /** The entry name and type of RFC 7162 are for servers with a modseq per flag; ours has one per message. */
  #modseq(): SearchKey {
    if (this.#reader.peek() === '"') {
      this.#reader.astring()
      this.#reader.space()
      this.#reader.atom()
      this.#reader.space()
    }
    return { kind: 'modseq', atLeast: this.#reader.number64() }
  }

  #date(name: string): SearchKey {
    const match = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(name)
    if (!match) throw new BadSyntax('There is no such search key')
    const day = parseDay(this.#reader.astring())
    if (day === null) throw new BadSyntax('The date is not valid')
    const from = match[2] === 'BEFORE' ? FIRST_DAY : day
    const before = match[2] === 'BEFORE' ? day : match[2] === 'ON' ? nextDay(day) : LAST_DAY
    return { kind: match[1] === 'SENT' ? 'sentDate' : 'internalDate', from, before }
  }
}

/** @param charset of SORT and THREAD, which name it before the criteria; null: the criteria may name one */
export function readSearchProgram(reader: ArgumentReader, resolver: SetResolver, charset: string | null): SearchKey {
  const program = new ProgramReader(reader, resolver)
  if (charset !== null) program.setCharset(charset)
  return program.readProgram()
}
