/** The numbers of a MIME part: "1.2.3" (RFC 9051 §6.4.5.1). */
import { BadSyntax } from './syntax.ts'

const MAX_PART_DEPTH = 70

/** @returns the numbers, and what follows them without the dot between */
export function readPath(spec: string): { path: number[]; rest: string } {
  const numbers = /^(?:[1-9]\d{0,8}(?:\.|$))*/.exec(spec)?.[0] ?? ''
  const path = numbers.split('.').filter(Boolean).map(Number)
  const rest = spec.slice(numbers.length)
  if (path.length > MAX_PART_DEPTH || (rest === '' && numbers.endsWith('.'))) {
    throw new BadSyntax('There is no such section')
  }
  return { path, rest }
}
