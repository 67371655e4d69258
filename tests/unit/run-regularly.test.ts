import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { runRegularly } from '#lib/engine/runtime/run-regularly.ts'

/** Lets what waits for promises go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('work that is done regularly', () => {
  let faults: unknown[] = []
  const onFault = (error: unknown) => faults.push(error)
  beforeEach(() => {
    faults = []
    mock.timers.enable({ apis: ['setTimeout'] })
    mock.method(Math, 'random', () => 0.5)
  })
  afterEach(() => {
    mock.timers.reset()
    mock.restoreAll()
  })

  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms)
    await settle()
  }

  it('comes after each pause, or also at once', async () => {
    const counts = { later: 0, now: 0 }
    const later = runRegularly({ everyMs: 1_000, work: async () => counts.later++, onFault })
    const now = runRegularly({ everyMs: 1_000, work: async () => counts.now++, onFault, startsAtOnce: true })
    await settle()
    assert.deepEqual(counts, { later: 0, now: 1 })
    await pass(999)
    assert.deepEqual(counts, { later: 0, now: 1 })
    await pass(1)
    assert.deepEqual(counts, { later: 1, now: 2 })
    await pass(1_000)
    assert.deepEqual(counts, { later: 2, now: 3 })
    await Promise.all([later.close(), now.close()])
    await pass(10_000)
    assert.deepEqual(counts, { later: 2, now: 3 })
  })

  it('never overlaps: the pause begins when a run has ended', async () => {
    let begun = 0
    const ends: (() => void)[] = []
    const work = () => {
      begun += 1
      return new Promise<void>((resolve) => ends.push(resolve))
    }
    const runs = runRegularly({ everyMs: 1_000, work, onFault, startsAtOnce: true })
    await pass(60_000)
    assert.equal(begun, 1)
    ends.pop()?.()
    await settle()
    await pass(1_000)
    assert.equal(begun, 2)
    ends.pop()?.()
    await runs.close()
  })

  it('goes on after whatever went wrong, and says what', async () => {
    const work = [
      () => Promise.reject(new Error('away')),
      () => {
        throw new Error('broken')
      },
      async () => {},
    ]
    let begun = 0
    const runs = runRegularly({ everyMs: 1_000, work: async () => work[begun++]?.(), onFault, startsAtOnce: true })
    await settle()
    await pass(1_000)
    await pass(1_000)
    assert.equal(begun, 3)
    assert.deepEqual(
      faults.map((fault) => (fault as Error).message),
      ['away', 'broken'],
    )
    await runs.close()
  })

  it('closes when the run under way has ended, and begins no other', async () => {
    let end = () => {}
    let begun = 0
    const work = () => {
      begun += 1
      return new Promise<void>((resolve) => {
        end = resolve
      })
    }
    const runs = runRegularly({ everyMs: 1_000, work, onFault, startsAtOnce: true })
    let isClosed = false
    const closing = runs.close().then(() => {
      isClosed = true
    })
    await settle()
    assert.equal(isClosed, false)
    end()
    await closing
    await pass(60_000)
    assert.equal(begun, 1)
  })

  it('pauses unevenly, within a tenth', async () => {
    for (const [random, earliestMs] of [
      [0, 900],
      [0.999_999, 1_100],
    ] as const) {
      mock.method(Math, 'random', () => random)
      let begun = 0
      const runs = runRegularly({ everyMs: 1_000, work: async () => begun++, onFault })
      await pass(earliestMs - 1)
      assert.equal(begun, 0)
      await pass(1)
      assert.equal(begun, 1)
      await runs.close()
    }
  })
})
