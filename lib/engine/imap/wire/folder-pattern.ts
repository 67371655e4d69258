/**
 * The wildcards of LIST and LSUB: `*` stands for anything, `%` for anything within a level (RFC 9051 §6.3.9).
 *
 * Guarantees: time bounded by pattern times name, for "*%*%*%…" too; patterns with more than MAX_WILDCARDS runs of
 * wildcards are refused.
 */
import { BadSyntax } from './syntax.ts'

const MAX_WILDCARDS = 32
const MAX_CHARACTERS = 1_024

export type FolderPattern = (name: string) => boolean

/** "INBOX" at the beginning of a pattern is the INBOX in any case. */
function canonical(pattern: string): string {
  return pattern.replace(/^inbox(?=$|\/)/i, 'INBOX')
}

/** So is "inb*": the INBOX has one name, however much of it is written. */
const anyCase = (pattern: string, name: string) => (name === 'INBOX' ? pattern.toUpperCase() : pattern)

export function compilePattern(text: string): FolderPattern {
  // A run of wildcards is as strong as its strongest.
  const pattern = canonical(text.normalize('NFC')).replace(/[*%]{2,}/g, (run) => (run.includes('*') ? '*' : '%'))
  const wildcards = pattern.match(/[*%]/g)?.length ?? 0
  if (wildcards > MAX_WILDCARDS || pattern.length > MAX_CHARACTERS) throw new BadSyntax('The pattern is too long')
  return (name) => matches(anyCase(pattern, name), name)
}

/**
 * Every position of the pattern that the name so far may have led to, moved on character by character. `reachedAt` keeps
 * a position from being noted twice. Whoever has reached a "*" need not look at anything before it: the "*" takes all
 * that could be taken there.
 */
function matches(pattern: string, name: string): boolean {
  const reachedAt = new Int32Array(pattern.length + 1)
  let positions: number[] = []
  let lastStar = 0
  reach(0, 1)
  for (let at = 0; at < name.length && positions.length > 0; at += 1) {
    const character = name[at]
    const former = positions
    positions = []
    for (const position of former) {
      if (position < lastStar) continue
      const expected = pattern[position]
      if (expected === '*' || (expected === '%' && character !== '/')) reach(position, at + 2)
      else if (expected === character) reach(position + 1, at + 2)
    }
  }
  return positions.includes(pattern.length)

  /** A wildcard may also stand for nothing. */
  function reach(first: number, step: number): void {
    for (let position = first; reachedAt[position] !== step && position <= pattern.length; position += 1) {
      reachedAt[position] = step
      positions.push(position)
      if (pattern[position] === '*') lastStar = Math.max(lastStar, position)
      else if (pattern[position] !== '%') return
    }
  }
}
