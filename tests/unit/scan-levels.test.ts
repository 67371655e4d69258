import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spamLevel, virusLevel } from '#lib/engine/sieve/scan-levels.ts'
import type { SpamFinding } from '#lib/policy/scan-rules.ts'

const unscanned = { kind: 'notScanned' } as const
const scored = (advice: 'accept' | 'mark' | 'later' | 'refuse', score: number, required = 15): SpamFinding => {
  return { kind: 'scored', advice, score, required }
}

const spam: readonly (readonly [finding: SpamFinding, inInbox: number, inJunk: number])[] = [
  [unscanned, 0, 8],
  [{ kind: 'unknown' }, 0, 8],
  [scored('accept', -7.5), 1, 8],
  [scored('accept', 0), 1, 8],
  [scored('accept', 5), 4, 8],
  [scored('mark', 10), 7, 8],
  [scored('mark', 14.9), 10, 10],
  [scored('refuse', 3), 10, 10],
  [scored('mark', 99), 10, 10],
  [scored('accept', 3, 0), 1, 8],
]

describe('what spamtest and virustest compare with (RFC 5235)', () => {
  for (const [finding, inInbox, inJunk] of spam) {
    it(`${JSON.stringify(finding)} is ${inInbox}, and ${inJunk} in the Junk folder`, () => {
      assert.equal(spamLevel({ virus: unscanned, spam: finding }, null), inInbox)
      assert.equal(spamLevel({ virus: unscanned, spam: finding }, '\\Junk'), inJunk)
    })
  }

  for (const [kind, level] of [
    ['notScanned', 0],
    ['unknown', 0],
    ['clean', 1],
  ] as const) {
    it(`a virus scanner that says ${kind} is ${level}`, () => {
      assert.equal(virusLevel({ virus: { kind }, spam: unscanned }), level)
    })
  }

  it('a virus that was let in is 5, and what was shown to nobody 0', () => {
    assert.equal(virusLevel({ virus: { kind: 'found', name: 'x' }, spam: unscanned }), 5)
    assert.deepEqual([virusLevel(null), spamLevel(null, null)], [0, 0])
  })
})
