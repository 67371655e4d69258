/**
 * The tokens of a Sieve script (RFC 5228 §8.1) with their places. Linear time.
 *
 * Accepts bare LF as a line end. Refuses NUL, numbers beyond 32 bits, strings and comments without an end.
 */
import { type Position, SieveFault } from './fault.ts'

export type Token =
  | { readonly kind: 'identifier' | 'tag'; readonly text: string; readonly position: Position }
  | { readonly kind: 'string'; readonly text: string; readonly position: Position }
  | { readonly kind: 'number'; readonly value: number; readonly position: Position }
  | { readonly kind: 'mark'; readonly text: Mark; readonly position: Position }
  | { readonly kind: 'end'; readonly position: Position }

export type Mark = '(' | ')' | '{' | '}' | '[' | ']' | ',' | ';'

const BLANK = /(?:[ \t\r\n]+|#[^\n]*)+/y
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /([0-9]+)([KkMmGg]?)(?![A-Za-z0-9_])/y
const MULTILINE = /text:[ \t]*(?:#[^\n]*)?\r?\n/iy
const LINE_FEED = 0x0a
/** The second half of a character beyond U+FFFF. */
const LOW_SURROGATE = 0xdc00
const LAST_LOW_SURROGATE = 0xdfff
const MAX_NUMBER = 4_294_967_295
const factors: Readonly<Record<string, number>> = { '': 1, k: 1_024, m: 1_048_576, g: 1_073_741_824 }

export class Lexer {
  private readonly text: string
  private at = 0
  private line = 1
  private column = 1
  private countedTo = 0

  constructor(text: string) {
    this.text = text
    const nul = text.indexOf('\0')
    if (nul >= 0) throw new SieveFault('notText', this.positionOf(nul))
  }

  next(): Token {
    this.skipBlank()
    const position = this.positionOf(this.at)
    const character = this.text[this.at]
    if (character === undefined) return { kind: 'end', position }
    if (character === '"') return { kind: 'string', text: this.quoted(position), position }
    if ('(){}[],;'.includes(character)) {
      this.at++
      return { kind: 'mark', text: character as Mark, position }
    }
    if (this.take(MULTILINE)) return { kind: 'string', text: this.multiline(position), position }
    const number = this.take(NUMBER)
    if (number) return { kind: 'number', value: numberOf(number, position), position }
    const isTag = character === ':'
    if (isTag) this.at++
    const identifier = this.take(IDENTIFIER)
    if (identifier) return { kind: isTag ? 'tag' : 'identifier', text: identifier[0].toLowerCase(), position }
    throw new SieveFault('unexpectedCharacter', position, String.fromCodePoint(this.text.codePointAt(this.at) ?? 0x3a))
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }

  /** Offsets come in order, so every character is counted once. */
  private positionOf(offset: number): Position {
    for (; this.countedTo < offset; this.countedTo++) {
      const unit = this.text.charCodeAt(this.countedTo)
      if (unit === LINE_FEED) {
        this.line++
        this.column = 1
      } else if (unit < LOW_SURROGATE || unit > LAST_LOW_SURROGATE) this.column++
    }
    return { line: this.line, column: this.column }
  }

  private skipBlank(): void {
    for (;;) {
      this.take(BLANK)
      if (!this.text.startsWith('/*', this.at)) return
      const end = this.text.indexOf('*/', this.at + 2)
      if (end < 0) throw new SieveFault('unclosedComment', this.positionOf(this.at))
      this.at = end + 2
    }
  }

  private quoted(position: Position): string {
    const pieces: string[] = []
    let from = this.at + 1
    for (let at = from; at < this.text.length; at++) {
      const character = this.text[at]
      if (character === '\\') {
        pieces.push(this.text.slice(from, at))
        from = ++at
      } else if (character === '"') {
        this.at = at + 1
        return pieces.join('') + this.text.slice(from, at)
      }
    }
    throw new SieveFault('unclosedString', position)
  }

  /** Up to a line with a single dot; a line that begins with a dot has lost one more (RFC 5228 §2.4.2). */
  private multiline(position: Position): string {
    const lines: string[] = []
    while (this.at < this.text.length) {
      const lineFeed = this.text.indexOf('\n', this.at)
      const end = lineFeed < 0 ? this.text.length : lineFeed + 1
      const line = this.text.slice(this.at, end)
      this.at = end
      if (/^\.\r?\n?$/.test(line)) return lines.join('')
      lines.push(line.startsWith('.') ? line.slice(1) : line)
    }
    throw new SieveFault('unclosedString', position)
  }
}

function numberOf([whole, digits = '', unit = '']: RegExpExecArray, position: Position): number {
  const value = Number(digits) * (factors[unit.toLowerCase()] ?? 1)
  if (value > MAX_NUMBER) throw new SieveFault('numberTooLarge', position, whole.slice(0, 32))
  return value
}
