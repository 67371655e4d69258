import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Ask, keepAnswers } from '#lib/engine/sender-checks/dns-answers.ts'

function rig(answer: Ask, isAway?: () => Promise<boolean>) {
  let now = 0
  let asked = 0
  const counting: Ask = (name, type) => {
    asked += 1
    return answer(name, type)
  }
  const ask = keepAnswers(counting, () => now, isAway)
  const wait = (ms: number) => {
    now += ms
  }
  return { ask, wait, asked: () => asked }
}

const failing =
  (code: string): Ask =>
  () =>
    Promise.reject(Object.assign(new Error(code), { code }))

describe('DNS answers', () => {
  test('are asked for once and kept for five minutes', async () => {
    const { ask, wait, asked } = rig(async () => [['v=spf1']])
    assert.deepEqual(await ask('Example.org', 'TXT'), [['v=spf1']])
    await ask('example.org', 'TXT')
    assert.equal(asked(), 1)
    await ask('example.org', 'MX')
    assert.equal(asked(), 2)
    wait(300_001)
    await ask('example.org', 'TXT')
    assert.equal(asked(), 3)
  })

  test('that do not exist are kept too; a time-out is tried again soon', async () => {
    const none = rig(failing('ENOTFOUND'))
    const late = rig(failing('ETIMEOUT'))
    for (const { ask } of [none, late]) await assert.rejects(ask('x.example', 'TXT'))
    for (const { wait } of [none, late]) wait(10_001)
    for (const { ask } of [none, late]) await assert.rejects(ask('x.example', 'TXT'))
    assert.deepEqual([none.asked(), late.asked()], [1, 2])
  })

  test('are not waited for while DNS is away', async () => {
    const { ask, wait, asked } = rig(failing('ETIMEOUT'))
    for (let n = 0; n < 20; n += 1) await assert.rejects(ask(`${n}.example`, 'TXT'), { code: 'ETIMEOUT' })
    assert.equal(asked(), 5)
    wait(20_001)
    await assert.rejects(ask('later.example', 'TXT'))
    assert.equal(asked(), 6)
  })

  test('are waited for while only the servers of some senders are away', async () => {
    const { ask, asked } = rig(failing('ETIMEOUT'), async () => false)
    for (let n = 0; n < 20; n += 1) await assert.rejects(ask(`${n}.example`, 'TXT'), { code: 'ETIMEOUT' })
    assert.equal(asked(), 20)
  })
})
