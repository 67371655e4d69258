import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { policyForm, policyFormValues } from '../../app/[locale]/(operator)/operator/policy/policy-form.ts'

/** As the form arrives: lists lose the brackets of their names. */
function sent(document: PolicyDocument, changes: Record<string, string | string[]> = {}) {
  const values = Object.entries({ ...policyFormValues(document), note: 'because', basedOn: '3', ...changes })
  return Object.fromEntries(values.map(([name, value]) => [name.replace(/\[\]$/, ''), value]))
}

describe('the policy as a form', () => {
  test('comes back as it went out', () => {
    const wanted = { document: defaultPolicy, note: 'because', basedOn: 3, extent: null }
    assert.deepEqual(policyForm.parse(sent(defaultPolicy)), wanted)
  })

  test('a box that is not ticked is off', () => {
    const values = sent(defaultPolicy)
    delete values['listeners.pop3.requireTls']
    delete values['listeners.pop3.mechanisms']
    const { document } = policyForm.parse(values)
    assert.equal(document.listeners.pop3.requireTls, false)
    assert.deepEqual(document.listeners.pop3.mechanisms, [])
  })

  test('minutes and megabytes, also in full-width digits', () => {
    const { document } = policyForm.parse(
      sent(defaultPolicy, { 'popBeforeSmtp.windowSeconds': '２０', 'inbound.maxMessageBytes': '1.5' }),
    )
    assert.equal(document.popBeforeSmtp.windowSeconds, 1_200)
    assert.equal(document.inbound.maxMessageBytes, 1_572_864)
  })

  for (const [name, value] of [
    ['popBeforeSmtp.windowSeconds', '0'],
    ['popBeforeSmtp.windowSeconds', '10 minutes'],
    ['submission.limits.maxRecipientsPerHour', '-1'],
    ['submission.limits.maxRecipientsPerHour', ''],
    ['inbound.maxMessageBytes', '1e9'],
    ['note', ''],
  ] as const) {
    test(`${name} "${value}" is refused at its field`, () => {
      const { error } = policyForm.safeParse(sent(defaultPolicy, { [name]: value }))
      assert.match(error?.issues[0]?.path.join('.') ?? '', new RegExp(`${name}$`))
    })
  }

  test('a moment is Japan’s, and empty is never', () => {
    const until = (text: string) =>
      policyForm.parse(sent(defaultPolicy, { 'inheritedPasswords.readingUntil': text })).document.inheritedPasswords
    assert.deepEqual(until('2027-01-01T00:00'), { readingUntil: '2026-12-31T15:00:00.000Z' })
    assert.deepEqual(until(''), { readingUntil: null })
    assert.throws(() => until('soon'))
  })

  test('an unknown mechanism is refused', () => {
    assert.equal(
      policyForm.safeParse(sent(defaultPolicy, { 'listeners.pop3.mechanisms[]': ['DIGEST-MD5'] })).success,
      false,
    )
  })
})

describe('the difference between two policies', () => {
  test('names each path with its values, and nothing else', () => {
    const after = structuredClone(defaultPolicy)
    after.popBeforeSmtp.windowSeconds = 300
    after.listeners.pop3.mechanisms = ['PLAIN']
    assert.deepEqual(policyDiff(defaultPolicy, after), [
      { path: 'listeners.pop3.mechanisms', before: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'], after: ['PLAIN'] },
      { path: 'popBeforeSmtp.windowSeconds', before: 600, after: 300 },
    ])
  })
})
