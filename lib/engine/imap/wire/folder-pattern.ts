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

export function compilePattern(text: string): FolderPattern {
  // A run of wildcards is as strong as its strongest.
  const pattern = canonical(text.normalize('NFC')).replace(/[*%]{2,}/g, (run) => (run.includes('*') ? '*' : '%'))
  const wildcards = pattern.match(/[*%]/g)?.length ?? 0
  if (wildcards > MAX_WILDCARDS || pattern.length > MAX_CHARACTERS) throw new BadSyntax('The pattern is too long')
  return (name) => matches(pattern, name)
}

/** Every position of the pattern that the name so far may have led to, moved on character by character. */
function matches(pattern: string, name: string): boolean {
  let positions = withSkippedWildcards(new Set([0]), pattern)
  for (const character of name.split('')) {
    const next = new Set<number>()
    for (const position of positions) {
      const expected = pattern[position]
      if (expected === '*' || (expected === '%' && character !== '/')) next.add(position)
      else if (expected === character) next.add(position + 1)
    }
    if (next.size === 0) return false
    positions = withSkippedWildcards(next, pattern)
  }
  return positions.has(pattern.length)
}

function withSkippedWildcards(positions: Set<number>, pattern: string): Set<number> {
  for (const position of positions) {
    if (pattern[position] === '*' || pattern[position] === '%') positions.add(position + 1)
  }
  return positions
}
