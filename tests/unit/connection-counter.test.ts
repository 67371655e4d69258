import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createConnectionCounter } from '#lib/engine/runtime/connection-counter.ts'
import { type ConnectionRules, defaultConnectionRules } from '#lib/policy/connection-rules.ts'

describe('connections of one address', () => {
  let now = 0
  const counterWith = (change: Partial<ConnectionRules> = {}) =>
    createConnectionCounter(
      () => ({ ...defaultConnectionRules, ...change }),
      () => now,
    )

  it('are thirty at once for sending, and apart from that a hundred for reading', () => {
    const counter = counterWith()
    const ends = Array.from({ length: 30 }, () => counter.admit('192.0.2.1', 'smtp'))
    assert.ok(ends.every((end) => end !== null))
    assert.equal(counter.admit('192.0.2.1', 'smtp'), null)
    assert.notEqual(counter.admit('192.0.2.2', 'smtp'), null)
    for (let count = 0; count < 100; count += 1)
      assert.notEqual(counter.admit('192.0.2.1', count % 2 ? 'imap' : 'pop3'), null)
    assert.equal(counter.admit('192.0.2.1', 'imap'), null)
    ends[0]?.()
    assert.notEqual(counter.admit('192.0.2.1', 'smtp'), null)
  })

  it('are three hundred in a minute, however short they are', () => {
    const counter = counterWith()
    const comeAndGo = (address: string) => {
      const end = counter.admit(address, 'smtp')
      end?.()
      return end !== null
    }
    const admitted = Array.from({ length: 1_000 }, () => comeAndGo('192.0.2.3')).filter(Boolean)
    assert.equal(admitted.length, 300)
    assert.ok(comeAndGo('192.0.2.4'))
    now += 60_000
    assert.ok(comeAndGo('192.0.2.3'))
  })

  it('count an IPv6 /64 as one address', () => {
    const counter = counterWith({ maxSmtpPerAddress: 2 })
    assert.notEqual(counter.admit('2001:db8::1', 'smtp'), null)
    assert.notEqual(counter.admit('2001:db8::ffff:2', 'smtp'), null)
    assert.equal(counter.admit('2001:db8:0:0:1::', 'smtp'), null)
    assert.notEqual(counter.admit('2001:db8:0:1::1', 'smtp'), null)
  })

  it('have no limit where the operator says so', () => {
    const counter = counterWith({ maxSmtpPerAddress: 1, unlimitedNetworks: ['10.0.0.0/8'] })
    for (let count = 0; count < 500; count += 1) assert.notEqual(counter.admit('10.1.2.3', 'smtp'), null)
  })

  it('fill no memory, from however many addresses they come', () => {
    const counter = counterWith()
    for (let n = 0; n < 250_000; n += 1) counter.admit(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 'smtp')?.()
    assert.notEqual(counter.admit('192.0.2.5', 'smtp'), null)
  })
})
