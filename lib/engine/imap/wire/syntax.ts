/**
 * A command's arguments, read from left to right (RFC 9051 §9).
 *
 * Text is kept as one character per byte (latin-1): what the bytes mean is the command's business. Guarantees: linear
 * time, no recursion; every number fits 32 bits (64 for modseqs and sizes), so that nothing is ever rounded.
 * Accepts, because real clients send it: more than one space, 8-bit bytes in quoted strings (Outlook Express).
 */
import { decodeCharset } from '#lib/mime/charset.ts'
import { decodeFolderName, decodeUtf8 } from './modified-utf7.ts'
import { type MessageSet, parseMessageSet } from './sequence-set.ts'

/** The command is not understood; its message goes into the BAD reply. ASCII. */
export class BadSyntax extends Error {}

/** The text between literals, and the literals between them: one text more than literals. */
export type CommandText = { readonly texts: readonly string[]; readonly literals: readonly Buffer[] }

const ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y
const ASTRING_ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y
const LIST_ATOM = /[^\x00-\x20\x7f-\xff(){"\\]+/y
const QUOTED = /"((?:[^"\\\x00]|\\["\\])*)"/y
const NUMBER = /\d{1,19}/y
const SET = /[0-9*:,]+|\$/y
const FLAG = /\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y
const WORD = /[A-Za-z0-9.-]+/y
const SPACES = / +/y

/** For what cannot be read as a name: no folder has it, and none can be made under it (store/folder-name.ts). */
const NOBODYS_NAME = '\x01'
const MAX_NUMBER = 4_294_967_295

export class ArgumentReader {
  readonly #command: CommandText
  readonly #hasUtf8Names: boolean
  #index = 0
  #at = 0

  /** @param hasUtf8Names folder names come as UTF-8 (RFC 9051 §5.1) instead of modified UTF-7 */
  constructor(command: CommandText, hasUtf8Names: boolean) {
    this.#command = command
    this.#hasUtf8Names = hasUtf8Names
  }

  get #text(): string {
    return this.#command.texts[this.#index] ?? ''
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match) this.#at = pattern.lastIndex
    return match
  }

  /** The next character; '{' before a literal, '' at the end. */
  peek(): string {
    if (this.#at < this.#text.length) return this.#text[this.#at] as string
    return this.#index < this.#command.literals.length ? '{' : ''
  }

  get isAtEnd(): boolean {
    return this.peek() === ''
  }

  end(): void {
    this.#take(SPACES)
    if (!this.isAtEnd) throw new BadSyntax('Too many arguments')
  }

  space(): void {
    if (!this.#take(SPACES)) throw new BadSyntax(this.isAtEnd ? 'Missing argument' : 'A space is missing')
  }

  /** @returns whether it was there */
  skip(character: string): boolean {
    if (this.peek() !== character || character === '{') return false
    this.#at += 1
    return true
  }

  /** The same for more than one character, in upper or lower case. */
  skipText(text: string): boolean {
    const isThere = this.#text.slice(this.#at, this.#at + text.length).toUpperCase() === text.toUpperCase()
    if (isThere) this.#at += text.length
    return isThere
  }

  expect(character: string): void {
    if (!this.skip(character)) throw new BadSyntax(`"${character}" is missing`)
  }

  atom(): string {
    return this.#required(ATOM, 'A word is missing')
  }

  /** Letters, digits, dots and hyphens: names of items that may be followed by brackets. Upper case. */
  word(): string {
    return this.#required(WORD, 'A word is missing').toUpperCase()
  }

  /** The same without taking it; '' when there is none. */
  peekWord(): string {
    WORD.lastIndex = this.#at
    return (WORD.exec(this.#text)?.[0] ?? '').toUpperCase()
  }

  #required(pattern: RegExp, complaint: string): string {
    const match = this.#take(pattern)
    if (!match) throw new BadSyntax(complaint)
    return match[0]
  }

  /** null when the next thing is no string */
  #string(): string | null {
    if (this.peek() === '"') {
      const quoted = this.#take(QUOTED)
      if (!quoted) throw new BadSyntax('A quoted string is not closed')
      return (quoted[1] as string).replace(/\\(["\\])/g, '$1')
    }
    const literal = this.literal()
    return literal === null ? null : literal.toString('latin1')
  }

  literal(): Buffer | null {
    if (this.#at < this.#text.length) return null
    const literal = this.#command.literals[this.#index]
    if (literal === undefined) return null
    this.#index += 1
    this.#at = 0
    return literal
  }

  astring(): string {
    return this.#string() ?? this.#required(ASTRING_ATOM, 'A string is missing')
  }

  nstring(): string | null {
    const text = this.#string()
    if (text !== null) return text
    if (this.atom().toUpperCase() !== 'NIL') throw new BadSyntax('A string or NIL is missing')
    return null
  }

  /** A string as text in that charset; '' means: guess. */
  text(charset = ''): string {
    return decodeCharset(charset, Buffer.from(this.astring(), 'latin1'))
  }

  folderName(): string {
    return this.#decodeName(this.astring()) ?? NOBODYS_NAME
  }

  /** Wildcards allowed, quoted or not. What is no folder name just matches none. */
  folderPattern(): string {
    const wire = this.#string() ?? this.#required(LIST_ATOM, 'A pattern is missing')
    return this.#decodeName(wire) ?? wire
  }

  #decodeName(wire: string): string | null {
    return this.#hasUtf8Names ? decodeUtf8(wire) : decodeFolderName(wire)
  }

  number(): number {
    const number = Number(this.#required(NUMBER, 'A number is missing'))
    if (number > MAX_NUMBER) throw new BadSyntax('A number is too large')
    return number
  }

  /** Modseqs and sizes of 63 bits; none of ours is ever beyond 2^53, so larger ones may be rounded down to it. */
  number64(): number {
    return Math.min(Number(this.#required(NUMBER, 'A number is missing')), Number.MAX_SAFE_INTEGER)
  }

  sequenceSet(): MessageSet {
    const set = parseMessageSet(this.#required(SET, 'A sequence set is missing'))
    if (set === null) throw new BadSyntax('The sequence set is not valid')
    return set
  }

  flag(): string {
    return this.#required(FLAG, 'A flag is missing')
  }

  /** "(a b c)"; `item` reads one. */
  list<Item>(item: () => Item): Item[] {
    const items: Item[] = []
    this.expect('(')
    this.#take(SPACES)
    while (!this.skip(')')) {
      if (this.isAtEnd) throw new BadSyntax('")" is missing')
      items.push(item())
      if (this.peek() !== ')') this.space()
    }
    return items
  }
}
