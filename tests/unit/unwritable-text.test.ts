import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { refuseUnwritable } from '#lib/http/unwritable-text.ts'

test('NUL and half of a pair are refused where they stand, everything else is let through', () => {
  refuseUnwritable({ name: '\u{1f600} ｱ', list: ['x', 1, null], at: new Date() })
  const placeOf = (input: unknown) => {
    try {
      refuseUnwritable(input)
      return null
    } catch (error) {
      return error instanceof z.ZodError ? error.issues[0]?.path.join('.') : String(error)
    }
  }
  assert.equal(placeOf({ name: 'a\0b' }), 'name')
  assert.equal(placeOf({ sent: { labels: ['a', '\ud800'] } }), 'sent.labels.1')
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`)
  assert.equal(placeOf(deep), '0.0.0.0')
})
