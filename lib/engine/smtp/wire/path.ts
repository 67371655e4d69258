/**
 * The argument of MAIL and RCPT: a path and its parameters (RFC 5321 §4.1.1.2, §4.1.1.3, §4.1.2).
 *
 * Lenient where old clients need it: blanks around the path, a path without angle brackets. Strict where two readers
 * could disagree: one address, and nothing but parameters behind it. Source routes are cut off (RFC 5321 appendix C).
 */

export type PathArgument = {
  /** what stood between the angle brackets, without a source route; empty for <> */
  readonly path: string
  /** keywords in upper case */
  readonly parameters: ReadonlyMap<string, string | null>
}

const MAX_PATH_OCTETS = 256 + 64
const BRACKETED = /^<(?<path>(?:"(?:[^"\\]|\\.)*"|[^<>"\s])*)>(?<rest>.*)$/s
const BARE = /^(?<path>[^<>\s]+)(?<rest>.*)$/s
const SOURCE_ROUTE = /^@[^:<>"\s]+:/
const PARAMETER = /^(?<keyword>[A-Za-z0-9][A-Za-z0-9-]*)(?:=(?<value>[\x21-\x3c\x3e-\x7e\u0080-\u{10ffff}]+))?$/u

/**
 * @param argument what follows the verb: "FROM:<taro@infonia.ne.jp> SIZE=1000"
 * @returns null when it cannot be read
 */
export function parsePathArgument(argument: string, keyword: 'FROM' | 'TO'): PathArgument | null {
  const prefix = `${keyword}:`
  if (argument.slice(0, prefix.length).toUpperCase() !== prefix) return null
  const text = argument.slice(prefix.length).trim()
  const match = (text.startsWith('<') ? BRACKETED : BARE).exec(text)?.groups
  if (match?.path === undefined || Buffer.byteLength(match.path) > MAX_PATH_OCTETS) return null
  const rest = match.rest ?? ''
  if (rest !== '' && !rest.startsWith(' ')) return null
  const parameters = parseParameters(rest)
  return parameters === null ? null : { path: match.path.replace(SOURCE_ROUTE, ''), parameters }
}

function parseParameters(text: string): Map<string, string | null> | null {
  const parameters = new Map<string, string | null>()
  for (const word of text.split(' ')) {
    if (word === '') continue
    const { keyword, value } = PARAMETER.exec(word)?.groups ?? {}
    if (keyword === undefined || parameters.has(keyword.toUpperCase())) return null
    parameters.set(keyword.toUpperCase(), value ?? null)
  }
  return parameters
}

/** Text of commands: UTF-8 where it is that, else one character per octet (old clients send Shift_JIS in EHLO). */
export function decodeCommand(line: Buffer): string {
  const text = line.toString('utf8')
  return text.includes('\ufffd') ? line.toString('latin1') : text
}
