import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWithLittleMemory } from '#tests/support/little-memory.ts'

test('parsers need memory for a text, not for each of its pieces', async () => {
  assert.equal(await readWithLittleMemory(), null)
})
