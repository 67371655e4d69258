/**
 * The structured fields of MIME headers: Content-Type, Content-Disposition and their parameters (RFC 2045 §5.1,
 * RFC 2183), read generously.
 *
 * Works on decoded text, since file names come as raw Shift_JIS, whose second bytes may be backslashes. Guarantees:
 * linear time, at most MAX_PARAMETERS; RFC 2231 continuations stay as they were sent, clients join them.
 */

export type Parameter = readonly [name: string, value: string]
export type Parameterised = { readonly value: string; readonly parameters: readonly Parameter[] }

const MAX_PARAMETERS = 64
const TOKEN = /[^\s()<>@,;:\\"/[\]?=]+/y
/** Old clients leave file names with spaces and brackets unquoted. */
const LOOSE_VALUE = /[^;"\r\n]*/y
const QUOTED = /"((?:[^"\\]|\\.)*)"?/sy

class FieldReader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** White space and (nested) comments. */
  skipBlank(): void {
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] as string
      if (character === '(') depth++
      else if (character === ')' && depth > 0) depth--
      else if (character === '\\' && depth > 0) this.at++
      else if (depth === 0 && character !== ' ' && character !== '\t') return
    }
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at += match[0].length
    return match
  }

  takeCharacter(character: string): boolean {
    this.skipBlank()
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  token(): string {
    this.skipBlank()
    return this.take(TOKEN)?.[0] ?? ''
  }

  parameterValue(): string {
    this.skipBlank()
    const quoted = this.take(QUOTED)
    if (quoted) return (quoted[1] ?? '').replace(/\\(.)/gs, '$1')
    return (this.take(LOOSE_VALUE)?.[0] ?? '').trimEnd()
  }

  skipToSemicolon(): boolean {
    const semicolon = this.text.indexOf(';', this.at)
    this.at = semicolon < 0 ? this.text.length : semicolon + 1
    return semicolon >= 0
  }
}

function readParameters(reader: FieldReader): Parameter[] {
  const parameters: Parameter[] = []
  while (parameters.length < MAX_PARAMETERS && reader.skipToSemicolon()) {
    const name = reader.token()
    if (name === '' || !reader.takeCharacter('=')) continue
    parameters.push([name, reader.parameterValue()])
  }
  return parameters
}

export type ContentType = { readonly type: string; readonly subtype: string; readonly parameters: readonly Parameter[] }

/** @returns null when the field cannot be read; the default of the place then holds (RFC 2045 §5.2) */
export function parseContentType(text: string): ContentType | null {
  const reader = new FieldReader(text)
  const type = reader.token()
  if (type === '' || !reader.takeCharacter('/')) return null
  const subtype = reader.token()
  return subtype === '' ? null : { type, subtype, parameters: readParameters(reader) }
}

/** @returns null when there is no leading token */
export function parseParameterised(text: string): Parameterised | null {
  const reader = new FieldReader(text)
  const value = reader.token()
  return value === '' ? null : { value, parameters: readParameters(reader) }
}

export function findParameter(parameters: readonly Parameter[], name: string): string | null {
  return parameters.find(([each]) => each.toLowerCase() === name)?.[1] ?? null
}

/** The words of a comma-separated list of tokens, as Content-Language is. */
export function parseTokens(text: string): string[] {
  return text
    .split(',', MAX_PARAMETERS)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
