/**
 * Variables (RFC 5229): "${name}" in strings, match variables "${1}", the modifiers of set.
 * Guarantees: no value and no expanded string grows beyond its limit, however often variables are doubled.
 */
import { type Position, SieveFault } from './fault.ts'
import { quoteGlob } from './glob.ts'
import { MAX_EXPANDED_CHARACTERS, MAX_VARIABLE_CHARACTERS } from './limits.ts'
import { quoteRegex } from './regex.ts'

const REFERENCE = /\$\{([0-9]+|(?:global\.)?[A-Za-z_][A-Za-z0-9_]*)\}/gi

export function isVariableName(text: string): boolean {
  return /^(?:global\.)?[A-Za-z_][A-Za-z0-9_]*$/i.test(text)
}

/** Never cuts a character in two. */
export function cutText(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '')
}

export class Variables {
  private readonly own = new Map<string, string>()
  private readonly shared: Map<string, string>
  private readonly sharedNames = new Set<string>()
  private captures: readonly string[] = []

  /** @param shared the global variables of a script and all that it includes (RFC 6609 §3.4) */
  constructor(shared: Map<string, string>) {
    this.shared = shared
  }

  get(name: string): string {
    const { values, key } = this.place(name)
    return values.get(key) ?? ''
  }

  set(name: string, value: string): void {
    const { values, key } = this.place(name)
    values.set(key, cutText(value, MAX_VARIABLE_CHARACTERS))
  }

  share(name: string): void {
    this.sharedNames.add(name.toLowerCase())
  }

  capture(captures: readonly string[]): void {
    this.captures = captures.map((text) => cutText(text, MAX_VARIABLE_CHARACTERS))
  }

  expand(text: string, position: Position): string {
    if (!text.includes('${')) return text
    let length = text.length
    return text.replaceAll(REFERENCE, (_, name: string) => {
      const value = /^[0-9]/.test(name) ? (this.captures[Number(name)] ?? '') : this.get(name)
      length += value.length
      if (length > MAX_EXPANDED_CHARACTERS) throw new SieveFault('tooMuchWork', position)
      return value
    })
  }

  private place(name: string): { values: Map<string, string>; key: string } {
    const key = name.toLowerCase()
    if (key.startsWith('global.')) return { values: this.shared, key: key.slice('global.'.length) }
    return { values: this.sharedNames.has(key) ? this.shared : this.own, key }
  }
}

const lowerAscii = (text: string) => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
const upperAscii = (text: string) => text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())

/** RFC 5229 §4.1, RFC 5435 §7: in the order in which they are applied, whatever their order in the script. */
const modifiers: readonly (readonly [string, (text: string) => string])[] = [
  ['lower', lowerAscii],
  ['upper', upperAscii],
  ['lowerfirst', (text) => lowerAscii(text.slice(0, 1)) + text.slice(1)],
  ['upperfirst', (text) => upperAscii(text.slice(0, 1)) + text.slice(1)],
  ['quotewildcard', quoteGlob],
  ['quoteregex', quoteRegex],
  ['encodeurl', (text) => encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, encodeMark)],
  ['length', (text) => String([...text].length)],
]

function encodeMark(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
}

export function modify(text: string, names: ReadonlyMap<string, unknown>): string {
  return modifiers.reduce((value, [name, apply]) => (names.has(name) ? apply(value) : value), text)
}
