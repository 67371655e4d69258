/** Runs of UIDs, both ends included: how sessions and statements speak of many messages at once. */

export type UidRange = { readonly first: number; readonly last: number }

/** As the two array parameters that `messagesIn` and `between` ask for; ascending, as all ranges are here. */
export function rangeColumns(ranges: readonly UidRange[]): [firsts: number[], lasts: number[]] {
  return [ranges.map(({ first }) => first), ranges.map(({ last }) => last)]
}

/**
 * For FROM: the messages of folder $2 in the ranges, as `m`. The subquery with OFFSET 0 makes it one walk on the primary
 * key for each range; a planner without statistics would compare every message of the folder with every range.
 */
export function messagesIn(firsts: string, lasts: string, { only = 'true', lock = '' } = {}): string {
  return `unnest(${firsts}::int8[], ${lasts}::int8[]) AS r(first, last)
  CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE mailbox_id = $1 AND folder_id = $2 AND uid BETWEEN r.first AND r.last AND ${only} ORDER BY uid OFFSET 0 ${lock}
  ) m`
}

/** For WHERE of an UPDATE or DELETE: what lies outside all ranges is not even looked at. */
export function between(firsts: string, lasts: string): string {
  return `m.uid BETWEEN (${firsts}::int8[])[1] AND (${lasts}::int8[])[cardinality(${lasts}::int8[])]`
}

/** How many messages one statement changes: what it compares with one another grows with the square. */
export const CHANGED_AT_ONCE = 500

/** The same UIDs in pieces of at most `maxCount`, for statements with bounded answers. */
export function* splitRanges(ranges: readonly UidRange[], maxCount: number): Generator<UidRange[]> {
  let page: UidRange[] = []
  let room = maxCount
  for (let { first, last } of ranges) {
    while (first <= last) {
      const end = Math.min(last, first + room - 1)
      page.push({ first, last: end })
      room -= end - first + 1
      first = end + 1
      if (room > 0) continue
      yield page
      page = []
      room = maxCount
    }
  }
  if (page.length > 0) yield page
}

/** As few ranges as there are. @param uids ascending */
export function rangesOf(uids: readonly number[]): UidRange[] {
  const ranges: { first: number; last: number }[] = []
  for (const uid of uids) {
    const range = ranges.at(-1)
    if (range?.last === uid - 1) range.last = uid
    else ranges.push({ first: uid, last: uid })
  }
  return ranges
}

export function uidsIn(ranges: readonly UidRange[]): number[] {
  const uids: number[] = []
  for (const { first, last } of ranges) for (let uid = first; uid <= last; uid++) uids.push(uid)
  return uids
}

export function countOf(ranges: readonly UidRange[]): number {
  return ranges.reduce((count, { first, last }) => count + last - first + 1, 0)
}

/** @param ranges ascending, without overlaps */
export function includesUid(ranges: readonly UidRange[], uid: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as UidRange).last < uid) low = middle + 1
    else high = middle
  }
  const range = ranges[low]
  return range !== undefined && range.first <= uid
}

/** What is in both; each ascending and without overlaps. */
export function intersectRanges(one: readonly UidRange[], other: readonly UidRange[]): UidRange[] {
  const common: UidRange[] = []
  let [left, right] = [0, 0]
  while (left < one.length && right < other.length) {
    const a = one[left] as UidRange
    const b = other[right] as UidRange
    const first = Math.max(a.first, b.first)
    const last = Math.min(a.last, b.last)
    if (first <= last) common.push({ first, last })
    if (a.last < b.last) left++
    else right++
  }
  return common
}

/** Ascending, without overlaps, neighbours joined. */
export function normaliseRanges(ranges: readonly UidRange[]): UidRange[] {
  const sorted = ranges.toSorted((one, other) => one.first - other.first)
  const joined: { first: number; last: number }[] = []
  for (const { first, last } of sorted) {
    const before = joined.at(-1)
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last)
    else joined.push({ first, last })
  }
  return joined
}
