import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SequenceMap } from '#lib/engine/imap/sequence-map.ts'
import { normaliseRanges } from '#lib/engine/store/uid-range.ts'

const uidsOf = (map: SequenceMap) => map.uids.flatMap(({ first, last }) => numbers(first, last))
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('append' as const),
      count: fc.integer({ min: 0, max: 5 }),
      gap: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ kind: fc.constant('remove' as const), picks: fc.array(fc.nat(), { maxLength: 5 }) }),
  ),
  { maxLength: 30 },
)

test('a sequence map behaves like a plain list of UIDs', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 5 }), (plan, picks) => {
      const map = new SequenceMap([])
      let model: number[] = []
      let next = 1
      for (const step of plan) {
        if (step.kind === 'append') {
          next += step.gap
          const uids = numbers(next, next + step.count - 1)
          next += step.count
          map.append(uids)
          model.push(...uids)
        } else {
          const gone = [...new Set(step.picks.map((pick) => pick % (next + 1)))].sort((one, other) => one - other)
          for (const sequence of map.remove(gone)) model.splice(sequence - 1, 1)
          assert.ok(gone.every((uid) => !model.includes(uid)))
        }
        assert.deepEqual(uidsOf(map), model)
        assert.equal(map.count, model.length)
      }
      model.forEach((uid, index) => {
        assert.equal(map.sequenceOf(uid), index + 1)
        assert.equal(map.uidAt(index + 1), uid)
      })
      assert.equal(map.sequenceOf(next + 5), null)
      const ranges = normaliseRanges(
        picks.map(([one, other]) => ({ first: Math.min(one, other) + 1, last: Math.max(one, other) + 1 })),
      )
      const wanted = ranges.flatMap(({ first, last }) => numbers(first, last))
      const flat = (list: readonly { first: number; last: number }[]) =>
        list.flatMap(({ first, last }) => numbers(first, last))
      assert.deepEqual(
        flat(map.uidsAt(ranges)),
        wanted.filter((sequence) => sequence <= model.length).map((sequence) => model[sequence - 1]),
      )
      assert.deepEqual(
        flat(map.knownUids(ranges)),
        model.filter((uid) => wanted.includes(uid)),
      )
      model = []
    }),
    { numRuns: 500 },
  )
})
