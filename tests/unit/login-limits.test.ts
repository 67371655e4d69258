import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { attemptKeyFrom, guessOf, portalAccount, unknownAccount } from '#lib/attempts/attempt-key.ts'
import { historyFrom } from '#lib/attempts/history.ts'
import { placeOf } from '#lib/attempts/place.ts'
import { decide } from '#lib/policy/decide.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { defaultLoginLimits, type Familiarity, type LoginFailures, loginWaitSeconds } from '#lib/policy/login-limits.ts'
import { reasonText } from '#lib/policy/reasons.ts'
import { policyDocumentSchema } from '#lib/policy/schema.ts'

const none: LoginFailures = { address: [], ipv6Network: [], ipv6Site: [], ipv4Network: [], account: [] }
/** `count` failures, the newest `youngest` seconds ago and one more for each second before. */
const ages = (count: number, youngest = 0) => Array.from({ length: count }, (_, index) => youngest + index)

describe('how many wrong passwords are too many', () => {
  const outcome = (familiarity: Familiarity, failures: Partial<LoginFailures>) => {
    const verdict = decide({ stage: 'login', familiarity, failures: { ...none, ...failures } }, defaultPolicy)
    return verdict.outcome === 'defer' ? verdict.reason : verdict.outcome
  }

  for (const [key, limit] of [
    ['address', 20],
    ['ipv6Network', 60],
    ['ipv6Site', 180],
    ['ipv4Network', 60],
    ['account', 50],
  ] as const) {
    test(`${limit}: ${key}`, () => {
      assert.equal(outcome('stranger', { [key]: ages(limit - 1) }), 'accept')
      assert.equal(outcome('stranger', { [key]: ages(limit) }), 'tooManyLogins')
    })
    test(`nothing stops a known device: ${key}`, () => {
      assert.equal(outcome('device', { [key]: ages(2_000) }), 'accept')
    })
  }

  test('the failures of others do not stop who is where the account is known', () => {
    assert.equal(outcome('network', { account: ages(2_000), ipv4Network: ages(2_000) }), 'accept')
    assert.equal(outcome('network', { address: ages(19) }), 'accept')
    for (const key of ['address', 'ipv6Network', 'ipv6Site']) {
      assert.equal(outcome('network', { [key]: ages(2_000) }), 'tooManyLogins', key)
    }
  })

  test('slowly is also too many: a day has limits of its own', () => {
    assert.equal(outcome('stranger', { address: ages(200, 3_600) }), 'tooManyLogins')
    assert.equal(outcome('stranger', { address: ages(199, 3_600) }), 'accept')
    assert.equal(outcome('stranger', { account: ages(300, 7_200) }), 'tooManyLogins')
  })

  test('the window slides: each failure leaves it ten minutes after it happened', () => {
    let now = 0
    const times = Array.from({ length: 20 }, (_, index) => index * 10)
    const wait = () =>
      loginWaitSeconds(
        { familiarity: 'stranger', failures: { ...none, address: times.map((at) => now - at) } },
        defaultLoginLimits,
      )
    now = 190
    assert.equal(wait(), 410)
    now = 599
    assert.equal(wait(), 1)
    now = 600
    assert.equal(wait(), 0)
    times.push(600)
    assert.equal(wait(), 10)
    now = 610
    assert.equal(wait(), 0)
  })

  test('the longest wait is the one that counts', () => {
    const failures = { ...none, address: ages(20, 100), account: ages(50, 100) }
    assert.equal(loginWaitSeconds({ familiarity: 'stranger', failures }, defaultLoginLimits), 3_600 - 149)
  })

  test('policies from before there were limits get the built-in ones', () => {
    const { loginLimits: _, ...old } = defaultPolicy
    assert.deepEqual(policyDocumentSchema.parse(old), defaultPolicy)
  })

  test('the sentence says when', () => {
    const context = {
      hosts: { old: 'mx.infonia.ne.jp', pop: '', smtp: '', smtpa: '' },
      portalUrl: 'https://p',
      windowSeconds: 600,
    }
    const text = (waitSeconds: number) => reasonText('tooManyLogins', { ...context, waitSeconds })
    assert.equal(text(1), 'Too many wrong passwords, try again in a minute. See https://p/g/L2')
    assert.match(text(541), /in 10 minutes\./)
    assert.match(text(80_000), /in 23 hours\./)
  })
})

describe('where an attempt comes from', () => {
  test('IPv4: the address and its /24; an IPv4-mapped address is the same', () => {
    assert.deepEqual(placeOf('203.0.113.77'), placeOf('::ffff:203.0.113.77'))
    const { origin, network, networkName } = placeOf('203.0.113.77')
    assert.equal(origin, '203.0.113.77')
    assert.deepEqual(network, { first: '203.0.113.0', last: '203.0.113.255' })
    assert.equal(networkName, '203.0.113.0/24')
  })

  test('IPv6: the /64 is one household, the /48 one site', () => {
    const { origin, network, site } = placeOf('2001:DB8:1:2::a')
    assert.equal(origin, placeOf('2001:db8:1:2:ffff::1').origin)
    assert.notEqual(origin, placeOf('2001:db8:1:3::a').origin)
    assert.deepEqual(network, { first: '2001:db8:1:2::', last: '2001:db8:1:2:ffff:ffff:ffff:ffff' })
    assert.deepEqual(site, { first: '2001:db8:1::', last: '2001:db8:1:ffff:ffff:ffff:ffff:ffff' })
  })
})

describe('what is one guess', () => {
  const key = attemptKeyFrom(randomBytes(32))
  const guess = (account: string, address: string, secret: string | null) =>
    guessOf(key, account, placeOf(address), secret).toString('hex')

  test('the same password for the same account from the same place', () => {
    const one = guess('mailbox:1', '203.0.113.5', 'secret')
    assert.equal(guess('mailbox:1', '::ffff:203.0.113.5', 'secret'), one)
    assert.notEqual(guess('mailbox:1', '203.0.113.5', 'Secret'), one)
    assert.notEqual(guess('mailbox:2', '203.0.113.5', 'secret'), one)
    assert.notEqual(guess('mailbox:1', '203.0.113.6', 'secret'), one)
    assert.equal(guess('mailbox:1', '2001:db8::1', 'secret'), guess('mailbox:1', '2001:db8::2', 'secret'))
  })

  test('each try that cannot be recognised', () => {
    assert.notEqual(guess('mailbox:1', '203.0.113.5', null), guess('mailbox:1', '203.0.113.5', null))
  })

  test('nothing that was typed can be read from what is kept', () => {
    assert.doesNotMatch(unknownAccount(key, 'my-password@infonia.ne.jp'), /password/)
    assert.equal(portalAccount(key, ' TARO@infonia.ne.jp '), portalAccount(key, 'taro@infonia.ne.jp'))
    assert.notEqual(portalAccount(attemptKeyFrom(randomBytes(32)), 'taro'), portalAccount(key, 'taro'))
  })
})

describe('how near a failure is', () => {
  const failures = (address: string) =>
    historyFrom(
      {
        account: 'mailbox:1',
        near: [
          [1, 0],
          [2, 1],
          [3, 2],
        ],
        everywhere: [1],
        devices: null,
      },
      placeOf(address),
    ).failures

  test('IPv6', () => {
    const { address, ipv6Network, ipv6Site, ipv4Network } = failures('2001:db8::1')
    assert.deepEqual([address, ipv6Network, ipv6Site, ipv4Network], [[1], [1, 2], [1, 2, 3], []])
  })

  test('IPv4', () => {
    const { address, ipv6Network, ipv6Site, ipv4Network } = failures('203.0.113.5')
    assert.deepEqual([address, ipv6Network, ipv6Site, ipv4Network], [[1], [], [], [1, 2]])
  })
})
