/**
 * Which UID has which sequence number in one session's view of a folder (RFC 9051 §2.3.1.2).
 *
 * Kept as runs of UIDs, so that a folder of 100,000 messages costs an idle session a few numbers. The view changes only
 * when its owner says so: what the client has not been told has not happened.
 */
import { intersectRanges, type UidRange } from '../store/uid-range.ts'

type Run = { readonly first: number; readonly last: number; readonly before: number }

function runsOf(ranges: readonly UidRange[]): Run[] {
  let before = 0
  return ranges.map(({ first, last }) => {
    const run = { first, last, before }
    before += last - first + 1
    return run
  })
}

export class SequenceMap {
  #runs: Run[]

  /** @param uids ascending, without overlaps */
  constructor(uids: readonly UidRange[]) {
    this.#runs = runsOf(uids)
  }

  get count(): number {
    const run = this.#runs.at(-1)
    return run === undefined ? 0 : run.before + run.last - run.first + 1
  }

  get largestUid(): number {
    return this.#runs.at(-1)?.last ?? 0
  }

  get uids(): readonly UidRange[] {
    return this.#runs
  }

  /** The last run for which `isBeyond` does not hold yet. */
  #find(isBeyond: (run: Run) => boolean): Run | undefined {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBeyond(this.#runs[middle] as Run)) high = middle
      else low = middle + 1
    }
    return this.#runs[low - 1]
  }

  /** @returns null when the view has no such message */
  sequenceOf(uid: number): number | null {
    const run = this.#find(({ first }) => first > uid)
    return run === undefined || run.last < uid ? null : run.before + uid - run.first + 1
  }

  /** @param sequence 1 to `count` */
  uidAt(sequence: number): number {
    const run = this.#find(({ before }) => before >= sequence)
    if (run === undefined || sequence > this.count) throw new RangeError(`no message ${sequence}`)
    return run.first + sequence - run.before - 1
  }

  /** @param uids ascending; those that are in the view already are ignored, new ones are greater than all known */
  append(uids: readonly number[]): number {
    const fresh = uids.filter((uid) => uid > this.largestUid)
    const ranges: { first: number; last: number }[] = this.#runs.map(({ first, last }) => ({ first, last }))
    for (const uid of fresh) {
      const run = ranges.at(-1)
      if (run?.last === uid - 1) run.last = uid
      else ranges.push({ first: uid, last: uid })
    }
    if (fresh.length > 0) this.#runs = runsOf(ranges)
    return fresh.length
  }

  /**
   * @param uids ascending; unknown ones are ignored
   * @returns the sequence numbers to announce one after the other: each as it is after those before it are gone
   */
  remove(uids: readonly number[]): number[] {
    const announced: number[] = []
    const left: { first: number; last: number }[] = []
    let at = 0
    for (const { first, last, before } of this.#runs) {
      let start = first
      while (at < uids.length && (uids[at] as number) <= last) {
        const uid = uids[at++] as number
        if (uid < start) continue
        announced.push(before + uid - first + 1 - announced.length)
        if (uid > start) left.push({ first: start, last: uid - 1 })
        start = uid + 1
      }
      if (start <= last) left.push({ first: start, last })
    }
    if (announced.length > 0) this.#runs = runsOf(left)
    return announced
  }

  /** The messages with these sequence numbers. @param ranges ascending, within 1 to `count` */
  uidsAt(ranges: readonly UidRange[]): UidRange[] {
    const asRuns = this.#runs.map(({ first, last, before }) => ({ first: before + 1, last: before + last - first + 1 }))
    const uids: UidRange[] = []
    let index = 0
    for (const { first, last } of intersectRanges(asRuns, ranges)) {
      while ((this.#runs[index + 1]?.before ?? Number.POSITIVE_INFINITY) < first) index++
      const run = this.#runs[index] as Run
      uids.push({ first: run.first + first - run.before - 1, last: run.first + last - run.before - 1 })
    }
    return uids
  }

  /** Those of the UIDs that are in the view. @param ranges ascending, without overlaps */
  knownUids(ranges: readonly UidRange[]): UidRange[] {
    return intersectRanges(this.#runs, ranges)
  }
}
