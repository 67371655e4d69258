import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AttemptLimits } from '#lib/auth/attempt-limits.ts'

const QUARTER_OF_AN_HOUR_MS = 15 * 60_000

function admitted(limits: AttemptLimits, count: number, keys: (index: number) => { login: string; address: string }) {
  return Array.from({ length: count }, (_, index) => limits.admit(keys(index))).filter(Boolean).length
}

describe('password attempts', () => {
  test('eight for one login from one address', () => {
    const limits = new AttemptLimits()
    assert.equal(
      admitted(limits, 20, () => ({ login: 'taro', address: '203.0.113.5' })),
      8,
    )
    assert.equal(limits.admit({ login: 'taro', address: '203.0.113.6' }), true)
    assert.equal(limits.admit({ login: 'hanako', address: '203.0.113.5' }), true)
  })

  test('spelling the login otherwise gains nothing', () => {
    const limits = new AttemptLimits()
    const spellings = ['taro', 'TARO', ' taro ', 'Taro']
    assert.equal(
      admitted(limits, 20, (index) => ({ login: spellings[index % 4] ?? '', address: '203.0.113.5' })),
      8,
    )
  })

  test('sixty from one address over all logins; an IPv6 household is one address', () => {
    const limits = new AttemptLimits()
    assert.equal(
      admitted(limits, 100, (index) => ({ login: `login${index}`, address: `2001:db8::${index.toString(16)}` })),
      60,
    )
    assert.equal(limits.admit({ login: 'taro', address: '2001:db8:0:1::1' }), true)
  })

  test('a hundred for one login over all addresses', () => {
    const limits = new AttemptLimits()
    assert.equal(
      admitted(limits, 200, (index) => ({ login: 'taro', address: `203.0.113.${index}` })),
      100,
    )
  })

  test('a right password takes its attempt back', () => {
    const limits = new AttemptLimits()
    const keys = { login: 'taro', address: '203.0.113.5' }
    for (let round = 0; round < 200; round += 1) {
      assert.equal(limits.admit(keys), true)
      limits.forgive(keys)
    }
  })

  test('after a quarter of an hour it starts again', () => {
    let now = 0
    const limits = new AttemptLimits(() => now)
    const keys = () => ({ login: 'taro', address: '203.0.113.5' })
    admitted(limits, 20, keys)
    now = QUARTER_OF_AN_HOUR_MS - 1
    assert.equal(limits.admit(keys()), false)
    now = QUARTER_OF_AN_HOUR_MS
    assert.equal(limits.admit(keys()), true)
  })

  test('memory stays bounded when an attacker has many addresses', () => {
    const limits = new AttemptLimits()
    for (let index = 0; index < 100_000; index += 1) {
      const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
      limits.admit({ login: `login${index}`, address })
    }
    assert.ok(limits.size <= 50_000)
  })

  test('refused attempts push nothing out', () => {
    const limits = new AttemptLimits()
    admitted(limits, 100, (index) => ({ login: `login${index}`, address: '203.0.113.5' }))
    const before = limits.size
    admitted(limits, 10_000, (index) => ({ login: `other${index}`, address: '203.0.113.5' }))
    assert.equal(limits.size, before)
  })
})
