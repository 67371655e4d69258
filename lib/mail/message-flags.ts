/** Message flags: the five of IMAP (RFC 9051 §2.3.2) as a bit set, keywords as words beside it. */

export const flagBits = {
  '\\Seen': 1,
  '\\Answered': 2,
  '\\Flagged': 4,
  '\\Deleted': 8,
  '\\Draft': 16,
} as const

export const SEEN = flagBits['\\Seen']
export const DELETED = flagBits['\\Deleted']

export type MessageFlags = { readonly flags: number; readonly keywords: readonly string[] }

const bitByLowerName: ReadonlyMap<string, number> = new Map(
  Object.entries(flagBits).map(([name, bit]) => [name.toLowerCase(), bit]),
)

/** @returns null when it is no system flag; case means nothing */
export function systemFlagBit(name: string): number | null {
  return bitByLowerName.get(name.toLowerCase()) ?? null
}

/** As many sets of the five flags are there. */
export const FLAG_SETS = 32

export function flagNames({ flags, keywords }: MessageFlags): string[] {
  const names = Object.entries(flagBits).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]))
  return [...names, ...keywords]
}
