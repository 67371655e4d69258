/**
 * `:regex` (draft-ietf-sieve-regex: POSIX extended expressions) on an engine without backtracking.
 *
 * Guarantees: time is expression × text, both bounded, and the caller pays for it beforehand.
 * Refuses: back references, expressions larger than MAX_PROGRAM_SIZE.
 */
import { RE2JS } from 're2js'
import { MAX_REGEX_CHARACTERS } from './limits.ts'

export type Regex = {
  /** what a look at `text` costs, in steps */
  readonly costOf: (text: string) => number
  /** the whole match and its groups, or null; a group that took no part is empty */
  readonly match: (text: string) => string[] | null
}

const MAX_PATTERN_CHARACTERS = 1_024
const MAX_PROGRAM_SIZE = 2_000
/** Instructions times characters that one step of the budget pays for. */
const WORK_PER_STEP = 25

/** @returns null when it cannot be read or is too large */
export function compileRegex(pattern: string, ignoresCase: boolean): Regex | null {
  if (pattern.length > MAX_PATTERN_CHARACTERS) return null
  let expression: RE2JS
  try {
    expression = RE2JS.compile(pattern, RE2JS.LONGEST_MATCH | RE2JS.DOTALL | (ignoresCase ? RE2JS.CASE_INSENSITIVE : 0))
  } catch {
    return null
  }
  const size = expression.programSize()
  if (size > MAX_PROGRAM_SIZE) return null
  return {
    costOf: (text) => Math.ceil((Math.min(text.length, MAX_REGEX_CHARACTERS) * size) / WORK_PER_STEP),
    match: (text) => {
      const matcher = expression.matcher(text.slice(0, MAX_REGEX_CHARACTERS))
      if (!matcher.find()) return null
      return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
    },
  }
}

/** For set :quoteregex. */
export function quoteRegex(text: string): string {
  return text.replaceAll(/[*+?|(){}[\]^$.\\]/g, '\\$&')
}
