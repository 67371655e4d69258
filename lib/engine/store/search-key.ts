/** What a SEARCH asks for (RFC 9051 §6.4.4), with sequence numbers already turned into UIDs. Text is folded. */
import type { SearchedField } from './envelope-text.ts'
import type { UidRange } from './uid-range.ts'

/** A day without zone, as yyyymmdd: dates compare as numbers. */
export type Day = number

export type SearchKey =
  | { readonly kind: 'all' }
  | { readonly kind: 'flag'; readonly bit: number; readonly isSet: boolean }
  | { readonly kind: 'bodyId'; readonly bodyId: number | null }
  | { readonly kind: 'keyword'; readonly keyword: string }
  /** ascending, without overlaps */
  | { readonly kind: 'uids'; readonly ranges: readonly UidRange[] }
  | { readonly kind: 'internalDate' | 'sentDate'; readonly from: Day; readonly before: Day }
  | { readonly kind: 'size'; readonly moreThan: number; readonly lessThan: number }
  | { readonly kind: 'modseq'; readonly atLeast: number }
  | { readonly kind: 'envelope'; readonly field: SearchedField; readonly text: string }
  | { readonly kind: 'header'; readonly name: string; readonly text: string }
  | { readonly kind: 'body' | 'text'; readonly text: string }
  | { readonly kind: 'and'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'or'; readonly either: SearchKey; readonly other: SearchKey }
  | { readonly kind: 'not'; readonly key: SearchKey }

export const FIRST_DAY: Day = 0
export const LAST_DAY: Day = 99_999_999

/** Is one of these kinds anywhere in the key? */
export function mentions(key: SearchKey, kinds: readonly SearchKey['kind'][]): boolean {
  if (key.kind === 'and') return key.keys.some((each) => mentions(each, kinds))
  if (key.kind === 'or') return mentions(key.either, kinds) || mentions(key.other, kinds)
  return key.kind === 'not' ? mentions(key.key, kinds) : kinds.includes(key.kind)
}

/** Whatever BODY and TEXT look for, anywhere in the key. */
export function soughtTexts(key: SearchKey): string[] {
  if (key.kind === 'and') return key.keys.flatMap(soughtTexts)
  if (key.kind === 'or') return [key.either, key.other].flatMap(soughtTexts)
  if (key.kind === 'not') return soughtTexts(key.key)
  return key.kind === 'body' || key.kind === 'text' ? [key.text] : []
}
