import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createRateLimit } from '#lib/api/rate-limit.ts'

it('so many a minute for each, then the seconds that are left of the minute', () => {
  let now = 0
  const limit = createRateLimit(2, () => now)
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 0])
  now = 20_000
  assert.equal(limit.take('a'), 40)
  assert.equal(limit.take('b'), 0)
  now = 60_000
  assert.equal(limit.take('a'), 0)
})
