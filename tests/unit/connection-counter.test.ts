import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createConnectionCounter } from '#lib/engine/runtime/connection-counter.ts'
import { mostConnections } from '#lib/engine/runtime/descriptor-limit.ts'
import { type NeighbourNews, openNeighbours } from '#lib/engine/runtime/neighbours.ts'
import { type ConnectionRules, defaultConnectionRules } from '#lib/policy/connection-rules.ts'

describe('connections of one address', () => {
  let now = 0
  const stay = () => assert.fail('it was not one too many')
  const counterWith = (change: Partial<ConnectionRules> = {}) =>
    createConnectionCounter({ rules: () => ({ ...defaultConnectionRules, ...change }), nowMs: () => now })

  it('are thirty at once for sending, and apart from that a hundred for reading', () => {
    const counter = counterWith()
    const ends = Array.from({ length: 30 }, () => counter.admit('192.0.2.1', 'smtp', stay))
    assert.ok(ends.every((end) => end !== null))
    assert.equal(counter.admit('192.0.2.1', 'smtp', stay), null)
    assert.notEqual(counter.admit('192.0.2.2', 'smtp', stay), null)
    for (let count = 0; count < 100; count += 1)
      assert.notEqual(counter.admit('192.0.2.1', count % 2 ? 'imap' : 'pop3', stay), null)
    assert.equal(counter.admit('192.0.2.1', 'imap', stay), null)
    ends[0]?.()
    assert.notEqual(counter.admit('192.0.2.1', 'smtp', stay), null)
  })

  it('are three hundred in a minute, however short they are', () => {
    const counter = counterWith()
    const comeAndGo = (address: string) => {
      const end = counter.admit(address, 'smtp', stay)
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
    assert.notEqual(counter.admit('2001:db8::1', 'smtp', stay), null)
    assert.notEqual(counter.admit('2001:db8::ffff:2', 'smtp', stay), null)
    assert.equal(counter.admit('2001:db8:0:0:1::', 'smtp', stay), null)
    assert.notEqual(counter.admit('2001:db8:0:1::1', 'smtp', stay), null)
  })

  it('have no limit where the operator says so', () => {
    const counter = counterWith({ maxSmtpPerAddress: 1, unlimitedNetworks: ['10.0.0.0/8'] })
    for (let count = 0; count < 500; count += 1) assert.notEqual(counter.admit('10.1.2.3', 'smtp', stay), null)
  })

  it('fill no memory, from however many addresses they come', () => {
    const counter = counterWith()
    for (let n = 0; n < 250_000; n += 1) counter.admit(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 'smtp', stay)?.()
    assert.notEqual(counter.admit('192.0.2.5', 'smtp', stay), null)
  })

  it('are so many in all that descriptors are left for the rest of the work', () => {
    const counter = createConnectionCounter({ rules: () => defaultConnectionRules, maxOpen: 3 })
    const ends = Array.from({ length: 3 }, () => counter.admit('127.0.0.1', 'smtp', stay))
    assert.equal(counter.admit('192.0.2.1', 'smtp', stay), null)
    ends[0]?.()
    assert.notEqual(counter.admit('192.0.2.1', 'smtp', stay), null)
    assert.deepEqual([64, 1_024, 20_000].map(mostConnections), [16, 864, 19_840])
    assert.ok(mostConnections() > 0)
  })

  describe('at two workers of one machine', () => {
    /** Two counters whose news reach the other when they are `exchanged`. */
    function twoWorkers() {
      const post: NeighbourNews[] = []
      const listeners: ((message: unknown) => void)[] = []
      const closed = [0, 0]
      const counters = closed.map((_, index) => {
        const neighbours = openNeighbours({
          worker: index + 1,
          send: (news) => post.push(news),
          onMessage: (listener) => listeners.push(listener),
        })
        return createConnectionCounter({ rules: () => defaultConnectionRules, neighbours })
      })
      const tell = (news: NeighbourNews) => {
        for (const listener of listeners) listener(news)
      }
      const exchange = async () => {
        for (let quiet = 0; quiet < 2; quiet += 1) {
          await delay(40)
          if (post.length > 0) quiet = 0
          for (const news of post.splice(0)) tell(news)
        }
      }
      const come = (worker: 0 | 1) => {
        const end = counters[worker]?.admit('192.0.2.9', 'smtp', () => {
          closed[worker] = (closed[worker] ?? 0) + 1
          end?.()
        })
        return end !== null
      }
      return { come, exchange, tell, closed }
    }

    it('are thirty together', async () => {
      const { come, exchange } = twoWorkers()
      for (let count = 0; count < 20; count += 1) assert.ok(come(0))
      await exchange()
      const admitted = Array.from({ length: 20 }, () => come(1)).filter(Boolean)
      assert.equal(admitted.length, 10)
    })

    it('are thirty together also when all come at one moment: one of the two closes what was too much', async () => {
      const { come, exchange, closed } = twoWorkers()
      for (let count = 0; count < 30; count += 1) assert.ok(come(0) && come(1))
      await exchange()
      assert.deepEqual(closed, [0, 30])
      assert.equal(come(0) || come(1), false)
    })

    it('are three hundred in a minute together', async () => {
      const { come, exchange } = twoWorkers()
      for (let count = 0; count < 290; count += 1) come(0)
      await exchange()
      assert.equal(come(1), false)
    })

    it('are forgotten with the worker that had them', async () => {
      const { come, exchange, tell } = twoWorkers()
      for (let count = 0; count < 30; count += 1) come(0)
      await exchange()
      assert.equal(come(1), false)
      tell({ type: 'neighbourEnded', worker: 1 })
      assert.ok(come(1))
    })

    it('are told to a worker that has just started', async () => {
      const { come, exchange, tell } = twoWorkers()
      for (let count = 0; count < 30; count += 1) come(0)
      await exchange()
      tell({ type: 'neighbourEnded', worker: 1 })
      tell({ type: 'neighbourStarted', worker: 2 })
      await exchange()
      assert.equal(come(1), false)
    })
  })
})
