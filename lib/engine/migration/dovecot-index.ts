/**
 * What Dovecot knows of a folder beside its files: numbers, flags, keywords, and records of its storage formats. Pure.
 *
 * Source: the index files of Dovecot 2.x as its own headers describe them, on machines with little-endian numbers.
 */

export type IndexedMessage = {
  readonly uid: number
  flagBits: number
  readonly keywords: Set<string>
  /** by the name of the extension */
  readonly records: Map<string, Buffer>
}

export type DovecotIndex = {
  id: number
  uidValidity: number
  uidNext: number
  readonly messages: Map<number, IndexedMessage>
  /** in the order by which the log counts them */
  readonly extensions: string[]
  /** up to which byte of which log these are known */
  position: { readonly logSequence: number; readonly offset: number }
}

/** The extension that keeps keywords. */
export const KEYWORDS = 'keywords'
const FLAGS: readonly (readonly [bit: number, flag: string])[] = [
  [0x01, '\\Answered'],
  [0x02, '\\Flagged'],
  [0x04, '\\Deleted'],
  [0x08, '\\Seen'],
  [0x10, '\\Draft'],
]

export function flagNames({ flagBits, keywords }: IndexedMessage): string[] {
  return [...FLAGS.flatMap(([bit, flag]) => ((flagBits & bit) === 0 ? [] : [flag])), ...keywords]
}

export function newMessage(uid: number, flagBits: number): IndexedMessage {
  return { uid, flagBits, keywords: new Set(), records: new Map() }
}

export function emptyIndex(): DovecotIndex {
  const position = { logSequence: 0, offset: 0 }
  return { id: 0, uidValidity: 0, uidNext: 1, messages: new Map(), extensions: [], position }
}
