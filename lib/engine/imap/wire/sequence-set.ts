/** Sets of sequence numbers or UIDs: "1,3:5,*", or "$" (RFC 9051 §9 sequence-set). */
import { normaliseRanges, type UidRange } from '../../store/uid-range.ts'

/** `*` as it was written; what it stands for depends on the folder. */
export const LARGEST = 'largest'
type Bound = number | typeof LARGEST
export type SetItem = { readonly from: Bound; readonly to: Bound }

/** `$`: what the last SEARCH with SAVE found (RFC 9051 §6.4.4.1) */
export const SAVED = 'saved'
export type MessageSet = readonly SetItem[] | typeof SAVED

export const LARGEST_UID = 4_294_967_295

function parseBound(text: string): Bound | null {
  if (text === '*') return LARGEST
  if (!/^[1-9]\d{0,9}$/.test(text)) return null
  const number = Number(text)
  return number <= LARGEST_UID ? number : null
}

/** @returns null when it is no set */
export function parseMessageSet(text: string): MessageSet | null {
  if (text === '$') return SAVED
  const items: SetItem[] = []
  for (const word of text.split(',')) {
    const colon = word.indexOf(':')
    const from = parseBound(colon < 0 ? word : word.slice(0, colon))
    const to = colon < 0 ? from : parseBound(word.slice(colon + 1))
    if (from === null || to === null) return null
    items.push({ from, to })
  }
  return items
}

/** Ascending, without overlaps. @param largest what `*` stands for; 0 when the folder is empty */
export function resolveSet(items: readonly SetItem[], largest: number): UidRange[] {
  const numberOf = (bound: Bound) => (bound === LARGEST ? largest : bound)
  const ranges = items.map(({ from, to }) => {
    const [one, other] = [numberOf(from), numberOf(to)]
    return { first: Math.min(one, other), last: Math.max(one, other) }
  })
  return normaliseRanges(ranges.filter(({ last }) => last > 0))
}

/** "1:3,7", in the order of the numbers: ascending but for the results of a SORT. */
export function formatSet(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = []
  for (const number of numbers) {
    const range = ranges.at(-1)
    if (range?.last === number - 1) range.last = number
    else ranges.push({ first: number, last: number })
  }
  return formatRanges(ranges)
}

export function formatRanges(ranges: readonly UidRange[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}:${last}`)).join(',')
}
