import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeal, SealBroken } from '#lib/seal/seal.ts'

const seal = createSeal(Buffer.alloc(32, 1), 'purpose')
const secret = Buffer.from('the secret')

test('what is sealed opens again, and no two seals of one secret look alike', () => {
  const sealed = seal.close(secret, 'row 1')
  assert.deepEqual(seal.open(sealed, 'row 1'), secret)
  assert.ok(!sealed.includes(secret))
  assert.notDeepEqual(seal.close(secret, 'row 1'), sealed)
})

test('it opens nowhere else: another row, another purpose, another master key', () => {
  const sealed = seal.close(secret, 'row 1')
  assert.throws(() => seal.open(sealed, 'row 2'), SealBroken)
  assert.throws(() => createSeal(Buffer.alloc(32, 1), 'another').open(sealed, 'row 1'), SealBroken)
  assert.throws(() => createSeal(Buffer.alloc(32, 2), 'purpose').open(sealed, 'row 1'), SealBroken)
})

test('one changed bit anywhere, or a missing end, is noticed', () => {
  const sealed = seal.close(secret, 'row 1')
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => seal.open(changed, 'row 1'), SealBroken)
    assert.throws(() => seal.open(sealed.subarray(0, at), 'row 1'), SealBroken)
  }
})
