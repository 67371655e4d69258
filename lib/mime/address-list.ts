/**
 * Address lists of message headers: RFC 5322 §3.4 with its obsolete forms (§4.4), read generously.
 *
 * Works on decoded text, never on raw bytes: in raw ISO-2022-JP and Shift_JIS the second byte of a character may look
 * like a quote, a comma or an angle bracket. Guarantees: linear time without recursion (comments may nest 100,000 deep),
 * at most `maxAddresses` results; whatever cannot be read is skipped, never thrown.
 */

export type HeaderAddress =
  | {
      readonly kind: 'address'
      readonly name: string | null
      readonly route: string | null
      readonly mailbox: string
      readonly host: string
    }
  | { readonly kind: 'groupStart'; readonly name: string }
  | { readonly kind: 'groupEnd' }

type Token =
  | { readonly kind: 'word' | 'quoted' | 'comment' | 'literal'; readonly text: string; readonly spaced: boolean }
  | { readonly kind: 'special'; readonly text: string; readonly spaced: boolean }

const SPECIALS = '<>,;:@.'
/** ASCII only: the ideographic space is a letter of Japanese names. */
const WHITE_SPACE = /[ \t\r\n]/
const WORD_END = /[ \t\r\n"(),:;<>@.[\]\\]/g

/** `closing` ends it; a backslash quotes the next character. Comments nest, the others do not. */
function readDelimited(
  text: string,
  start: number,
  opening: string | null,
  closing: string,
): { text: string; end: number } {
  let content = ''
  let depth = 1
  let at = start
  for (; at < text.length; at++) {
    const character = text[at] as string
    if (character === '\\' && at + 1 < text.length) {
      content += text[++at]
      continue
    }
    if (character === closing && --depth === 0) return { text: content, end: at + 1 }
    if (character === opening) depth++
    content += character
  }
  return { text: content, end: at }
}

function* tokens(text: string): Generator<Token> {
  let at = 0
  let spaced = false
  while (at < text.length) {
    const character = text[at] as string
    if (WHITE_SPACE.test(character)) {
      spaced = true
      at++
      continue
    }
    if (character === '"' || character === '(' || character === '[') {
      const [kind, opening, closing] = delimiters[character]
      const read = readDelimited(text, at + 1, opening, closing)
      yield { kind, text: read.text, spaced }
      at = read.end
    } else if (SPECIALS.includes(character)) {
      yield { kind: 'special', text: character, spaced }
      at++
    } else {
      WORD_END.lastIndex = at + 1
      const end = WORD_END.exec(text)?.index ?? text.length
      yield { kind: 'word', text: text.slice(at, end), spaced }
      at = end
    }
    spaced = false
  }
}

const delimiters = {
  '"': ['quoted', null, '"'],
  '(': ['comment', '(', ')'],
  '[': ['literal', null, ']'],
} as const

/** What has been read of one address so far. */
class AddressBuilder {
  private phrase: string[] = []
  private comment: string | null = null
  private angle: { name: string; route: string | null; local: string | null; parts: string; isRoute: boolean } | null =
    null
  private local: string | null = null
  private parts = ''
  private isAngleClosed = false

  get isEmpty(): boolean {
    return this.parts === '' && this.local === null && this.angle === null && this.comment === null
  }

  get name(): string {
    return this.phrase.join('').trim()
  }

  get isInAngle(): boolean {
    return this.angle !== null && !this.isAngleClosed
  }

  addText(token: Token): void {
    if (token.kind === 'comment') {
      this.comment = token.text.trim()
      return
    }
    if (this.isAngleClosed) return
    const text = token.kind === 'literal' ? `[${token.text}]` : token.text
    if (this.angle) this.angle.parts += text
    else {
      this.parts += text
      this.phrase.push(token.spaced && this.phrase.length > 0 ? ` ${text}` : text)
    }
  }

  addAt(): void {
    if (this.angle) {
      // "@a,@b:user@host": an "@" with nothing before it opens a route (RFC 5322 §4.4).
      if (this.angle.parts === '') this.angle.isRoute = this.angle.route === null
      if (this.angle.isRoute || this.angle.local !== null) this.angle.parts += '@'
      else {
        this.angle.local = this.angle.parts
        this.angle.parts = ''
      }
      return
    }
    this.phrase.push('@')
    if (this.local === null) {
      this.local = this.parts
      this.parts = ''
    } else this.parts += '@'
  }

  /** Within the brackets: the colon ends the route, a comma separates its hosts. */
  addRouteMark(mark: ':' | ','): void {
    if (!this.angle) return
    if (mark === ',') this.angle.parts += ','
    else {
      this.angle.route = this.angle.parts
      this.angle.parts = ''
      this.angle.isRoute = false
    }
  }

  openAngle(): void {
    this.angle ??= { name: this.name, route: null, local: null, parts: '', isRoute: false }
  }

  closeAngle(): void {
    if (this.angle) this.isAngleClosed = true
  }

  finish(): HeaderAddress | null {
    if (this.isEmpty) return null
    const { angle } = this
    const mailbox = angle ? (angle.local ?? angle.parts) : (this.local ?? this.parts)
    const host = angle ? (angle.local === null ? '' : angle.parts) : this.local === null ? '' : this.parts
    const name = angle ? angle.name : ''
    if (mailbox === '' && host === '' && name === '') return null
    return { kind: 'address', name: name || this.comment || null, route: angle?.route || null, mailbox, host }
  }
}

export function parseAddressList(text: string, maxAddresses: number): HeaderAddress[] {
  const list: HeaderAddress[] = []
  let builder = new AddressBuilder()
  let isInGroup = false
  const finish = () => {
    const address = builder.finish()
    if (address) list.push(address)
    builder = new AddressBuilder()
  }
  const endGroup = () => {
    finish()
    if (isInGroup) list.push({ kind: 'groupEnd' })
    isInGroup = false
  }
  for (const token of tokens(text)) {
    if (list.length >= maxAddresses) break
    if (token.kind !== 'special' || token.text === '.') builder.addText(token)
    else if (token.text === '@') builder.addAt()
    else if (token.text === '<') builder.openAngle()
    else if (token.text === '>') builder.closeAngle()
    else if (builder.isInAngle && (token.text === ':' || token.text === ',')) builder.addRouteMark(token.text)
    else if (token.text === ':' && !isInGroup) {
      list.push({ kind: 'groupStart', name: builder.name })
      builder = new AddressBuilder()
      isInGroup = true
    } else if (token.text === ';') endGroup()
    else finish()
  }
  endGroup()
  return list
}
