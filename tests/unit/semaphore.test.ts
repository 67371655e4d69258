import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createShares } from '#lib/engine/store/shares.ts'
import { createSemaphore, NoPermit } from '#lib/semaphore/semaphore.ts'

const aMoment = () => new Promise((resolve) => setImmediate(resolve))

describe('a semaphore', () => {
  type Work = { readonly run: () => Promise<void>; readonly end: () => void }

  function workInto(begun: string[], name: string): Work {
    const { promise, resolve: end } = Promise.withResolvers<void>()
    const run = () => {
      begun.push(name)
      return promise
    }
    return { run, end }
  }

  it('lets in so many, in the order of asking, also past work that failed', async () => {
    const semaphore = createSemaphore({ permits: 2 })
    const begun: string[] = []
    const [first, second, third] = ['first', 'second', 'third'].map((name) => workInto(begun, name))
    const ends = [first, second, third].map((work) => semaphore.run(work?.run ?? assert.fail))
    const fails = assert.rejects(
      semaphore.run(() => Promise.reject(new Error('x'))),
      /x/,
    )
    const last = semaphore.run(async () => begun.push('last'))
    await aMoment()
    assert.deepEqual(begun, ['first', 'second'])
    second?.end()
    await aMoment()
    assert.deepEqual(begun, ['first', 'second', 'third'])
    third?.end()
    await fails
    await last
    assert.deepEqual(begun, ['first', 'second', 'third', 'last'])
    first?.end()
    await Promise.all(ends)
  })

  it('lets nobody wait for ever, and who gave up takes no permit', async () => {
    const semaphore = createSemaphore({ permits: 1, maxWaitMs: 5 })
    const { run, end } = workInto([], 'first')
    const first = semaphore.run(run)
    await assert.rejects(semaphore.run(assert.fail), NoPermit)
    end()
    await first
    await semaphore.run(async () => {})
  })

  it('turns away whom its line has no room for', async () => {
    const semaphore = createSemaphore({ permits: 1, maxWaiting: 1 })
    const { run, end } = workInto([], 'first')
    const ends = [semaphore.run(run), semaphore.run(async () => {})]
    await assert.rejects(semaphore.run(assert.fail), NoPermit)
    end()
    await Promise.all(ends)
    await semaphore.run(async () => {})
  })
})

describe('the share of a mailbox', () => {
  it('is so many changes at once, and nothing to other mailboxes', async () => {
    const shares = createShares(2, 1_000)
    const begun: string[] = []
    let finish: () => void = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const change = (mailboxId: number, name: string) =>
      shares(mailboxId, async () => {
        begun.push(name)
        await finished
      })
    const all = [change(1, 'a'), change(1, 'b'), change(1, 'c'), change(2, 'd')]
    await aMoment()
    assert.deepEqual(begun, ['a', 'b', 'd'])
    finish()
    await Promise.all(all)
    assert.deepEqual(begun, ['a', 'b', 'd', 'c'])
    await assert.rejects(
      shares(1, () => Promise.reject(new Error('x'))),
      /x/,
    )
  })
})
