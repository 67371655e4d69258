import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unwrapSender, wrapSender } from '#lib/mail/srs.ts'

const DAY_MS = 86_400_000
const key = Buffer.alloc(32, 1)
const now = new Date('2026-11-24T12:00:00Z')
const ours = { key, now }

const localPartOf = (address: string | null) => (address ?? '').slice(0, (address ?? '').lastIndexOf('@'))
const later = (days: number) => ({ key, now: new Date(now.getTime() + days * DAY_MS) })

test('a sender is wrapped into our domain and found again', () => {
  const wrapped = wrapSender('alice@example.test', 'infonia.test', ours)
  assert.match(wrapped ?? '', /^SRS0=[a-z2-7]{8}=[a-z2-7]{2}=example\.test=alice@infonia\.test$/)
  assert.equal(unwrapSender(localPartOf(wrapped), ours), 'alice@example.test')
})

test('so is any sender that is short enough, whatever signs are in it', () => {
  const atom = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}$/)
  fc.assert(
    fc.property(atom, (localPart) => {
      const wrapped = wrapSender(`${localPart}@example.test`, 'infonia.test', ours)
      const isForwarded = /^srs[01][=+-]/i.test(localPart)
      assert.ok(isForwarded || unwrapSender(localPartOf(wrapped), ours) === `${localPart}@example.test`)
    }),
  )
})

test('it opens for 21 days, also where the days begin anew, and whatever happens to its case', () => {
  const wrapped = localPartOf(wrapSender('Alice@example.test', 'infonia.test', ours))
  assert.equal(unwrapSender(wrapped, later(21)), 'Alice@example.test')
  assert.equal(unwrapSender(wrapped, later(22)), null)
  assert.equal(unwrapSender(wrapped, later(-1)), null)
  assert.equal(unwrapSender(wrapped.replace('SRS0', 'srs0').toUpperCase(), ours)?.toLowerCase(), 'alice@example.test')
  const lastDay = { key, now: new Date((1_024 * 20 - 1) * DAY_MS) }
  const atTheEdge = localPartOf(wrapSender('a@example.test', 'infonia.test', lastDay))
  assert.equal(unwrapSender(atTheEdge, { key, now: new Date((1_024 * 20 + 5) * DAY_MS) }), 'a@example.test')
})

test('nobody but us makes one that opens', () => {
  const wrapped = localPartOf(wrapSender('alice@example.test', 'infonia.test', ours))
  for (const forged of [
    wrapped.replace('alice', 'bob'),
    wrapped.replace('example.test', 'victim.test'),
    wrapped.replace(/^SRS0=.{8}/, 'SRS0=aaaaaaaa'),
    wrapped.replace(/^SRS0=.{8}/, 'SRS0='),
    'SRS0=a=b=example.test=alice',
    'SRS1=aaaaaaaa=victim.test==x=y=example.test=alice',
    'taro',
  ]) {
    assert.equal(unwrapSender(forged, ours), null, forged)
  }
  assert.equal(unwrapSender(wrapped, { key: Buffer.alloc(32, 2), now }), null)
})

test('a sender that another forwarder has wrapped goes back to that one, and does not grow at the next', () => {
  const first = 'SRS0+abc=x2=a.test=al@fw1.test'
  const second = wrapSender(first, 'infonia.test', ours)
  assert.match(second ?? '', /^SRS1=[a-z2-7]{8}=fw1\.test=\+abc=x2=a\.test=al@infonia\.test$/)
  assert.equal(unwrapSender(localPartOf(second), ours), first)
  const third = wrapSender((second ?? '').replace('infonia', 'fw2'), 'infonia.test', ours)
  assert.equal(third?.length, second?.length)
  assert.equal(unwrapSender(localPartOf(third), ours), first)
})

test('what would be too long for a local part is not wrapped', () => {
  assert.equal(wrapSender(`${'a'.repeat(40)}@${'b'.repeat(20)}.test`, 'infonia.test', ours), null)
  assert.equal(wrapSender('', 'infonia.test', ours), null)
})
