import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlaces, NoPlace } from '#lib/db/places.ts'
import { createShares } from '#lib/engine/store/shares.ts'

const aMoment = () => new Promise((resolve) => setImmediate(resolve))

describe('places', () => {
  it('are given in the order of asking, as they become free', async () => {
    const places = createPlaces(2, 1_000)
    const inside: string[] = []
    const enter = async (name: string) => {
      const leave = await places.enter()
      inside.push(name)
      return leave
    }
    const [leaveFirst] = await Promise.all([enter('first'), enter('second')])
    const third = enter('third')
    const fourth = enter('fourth')
    await aMoment()
    assert.deepEqual(inside, ['first', 'second'])
    leaveFirst()
    leaveFirst()
    const leaveThird = await third
    await aMoment()
    assert.deepEqual(inside, ['first', 'second', 'third'])
    leaveThird()
    await fourth
  })

  it('are not waited for for ever, and who gave up takes none', async () => {
    const places = createPlaces(1, 5)
    const leave = await places.enter()
    await assert.rejects(places.enter(), NoPlace)
    leave()
    await places.enter()
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
