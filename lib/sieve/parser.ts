/**
 * The grammar of Sieve (RFC 5228 §8.2): commands with arguments, tests and blocks, whatever they mean.
 * Refuses nesting beyond MAX_DEPTH.
 */
import { type Position, SieveFault } from './fault.ts'
import { Lexer, type Mark, type Token } from './lexer.ts'

export type Text = { readonly text: string; readonly position: Position }

export type Argument =
  | { readonly kind: 'number'; readonly value: number; readonly position: Position }
  | { readonly kind: 'tag'; readonly name: string; readonly position: Position }
  | {
      readonly kind: 'strings'
      readonly items: readonly Text[]
      readonly isList: boolean
      readonly position: Position
    }

/** A command, or a test: the same but for its block. */
export type Node = {
  /** lower case */
  readonly name: string
  readonly position: Position
  readonly arguments: readonly Argument[]
  readonly tests: readonly Node[]
  readonly block: readonly Node[] | null
}

const MAX_DEPTH = 32

class Parser {
  private readonly lexer: Lexer
  private token: Token
  private depth = 0

  constructor(text: string) {
    this.lexer = new Lexer(text)
    this.token = this.lexer.next()
  }

  script(): Node[] {
    const commands = this.commands()
    if (this.token.kind !== 'end') this.unexpected('command')
    return commands
  }

  private commands(): Node[] {
    const commands: Node[] = []
    while (this.token.kind === 'identifier') commands.push(this.command())
    return commands
  }

  private command(): Node {
    const { name, position } = this.identifier()
    const given = this.arguments()
    const tests = this.tests()
    if (this.isMark(';')) {
      this.advance()
      return { name, position, arguments: given, tests, block: null }
    }
    if (!this.isMark('{')) this.unexpected('";"')
    this.deeper()
    this.advance()
    const block = this.commands()
    this.expect('}')
    this.depth--
    return { name, position, arguments: given, tests, block }
  }

  private test(): Node {
    if (this.token.kind !== 'identifier') this.unexpected('test')
    const { name, position } = this.identifier()
    this.deeper()
    const given = this.arguments()
    const tests = this.tests()
    this.depth--
    return { name, position, arguments: given, tests, block: null }
  }

  private tests(): Node[] {
    if (this.token.kind === 'identifier') return [this.test()]
    if (!this.isMark('(')) return []
    const tests: Node[] = []
    do {
      this.advance()
      tests.push(this.test())
    } while (this.isMark(','))
    this.expect(')')
    return tests
  }

  private arguments(): Argument[] {
    const given: Argument[] = []
    for (;;) {
      const { token } = this
      const { position } = token
      if (token.kind === 'number') given.push({ kind: 'number', value: token.value, position })
      else if (token.kind === 'tag') given.push({ kind: 'tag', name: token.text, position })
      else if (token.kind === 'string') given.push({ kind: 'strings', items: [token], isList: false, position })
      else if (this.isMark('[')) {
        given.push({ kind: 'strings', items: this.stringList(), isList: true, position })
        continue
      } else return given
      this.advance()
    }
  }

  private stringList(): Text[] {
    const items: Text[] = []
    do {
      this.advance()
      if (this.token.kind !== 'string') this.unexpected('string')
      items.push(this.token)
      this.advance()
    } while (this.isMark(','))
    this.expect(']')
    return items
  }

  private identifier(): { name: string; position: Position } {
    const { token } = this
    if (token.kind !== 'identifier') this.unexpected('command')
    this.advance()
    return { name: token.text, position: token.position }
  }

  private deeper(): void {
    if (++this.depth > MAX_DEPTH) throw new SieveFault('nestedTooDeep', this.token.position, String(MAX_DEPTH))
  }

  private advance(): void {
    this.token = this.lexer.next()
  }

  private isMark(mark: Mark): boolean {
    return this.token.kind === 'mark' && this.token.text === mark
  }

  private expect(mark: Mark): void {
    if (!this.isMark(mark)) this.unexpected(`"${mark}"`)
    this.advance()
  }

  private unexpected(wanted: string): never {
    throw new SieveFault('unexpectedToken', this.token.position, wanted)
  }
}

export function parseScript(text: string): Node[] {
  return new Parser(text).script()
}
