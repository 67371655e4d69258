import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CredentialView, MailboxView } from '#lib/accounts/views.ts'
import type { EventView } from '#lib/activity/event-view.ts'
import { groupRefusals } from '#lib/activity/latest-refusals.ts'
import { nextStep } from '#lib/activity/next-step.ts'

const mailbox: MailboxView = {
  id: 1,
  address: 'taro@infonia.ne.jp',
  login: 'taro',
  displayName: 'Taro',
  sendingMethod: 'SMTP_AUTH',
  popBeforeSmtp: false,
  quotaBytes: 1,
  usedBytes: 0,
  suspendedAt: null,
  suspension: null,
  sendingHeldAt: null,
  closesAt: null,
}

const credential: CredentialView = {
  id: 'c',
  mailboxId: 1,
  label: 'PC',
  clientId: 'thunderbird',
  username: 'taro-abcd',
  scopes: ['submission'],
  isRecoverable: false,
  expiresAt: null,
  revokedAt: null,
  createdAt: new Date(),
  lastUsedAt: null,
  lastUsedAddress: null,
  lastUsedVia: null,
}

const kindOf = (mailboxChange: Partial<MailboxView>, credentials: CredentialView[], hasTrouble = false) =>
  nextStep([{ mailbox: { ...mailbox, ...mailboxChange }, credentials }], hasTrouble).kind

describe('what to do next', () => {
  const used = { ...credential, lastUsedAt: new Date() }
  test('issue a password, while there is none that works', () => {
    assert.equal(kindOf({}, []), 'issueCredential')
    assert.equal(kindOf({}, [{ ...used, revokedAt: new Date() }]), 'issueCredential')
    assert.equal(kindOf({}, [{ ...used, expiresAt: new Date(0) }]), 'issueCredential')
  })
  test('enter it in the mail program, while it was never used', () => {
    assert.deepEqual(nextStep([{ mailbox, credentials: [credential] }], false), {
      kind: 'setUpClient',
      clientId: 'thunderbird',
    })
  })
  test('look at what went wrong', () => assert.equal(kindOf({}, [used], true), 'lookAtTrouble'))
  test('receive first, with POP before SMTP', () =>
    assert.equal(kindOf({ popBeforeSmtp: true }, [used]), 'receiveFirst'))
  test('nothing, when all is well', () => assert.equal(kindOf({}, [used]), 'nothing'))
  test('a suspended mailbox comes before everything else', () => {
    assert.equal(kindOf({ suspendedAt: new Date() }, [], true), 'suspended')
  })
})

describe('the latest refusals', () => {
  const event = (id: string, reason: EventView['reason'], at: string) =>
    ({ id, reason, at, mailboxId: 1, outcome: 'refused' }) as EventView
  test('the same cause is one line with its count; old ones are left out', () => {
    const events = [
      event('4', 'badCredentials', '2026-11-24T10:00:00Z'),
      event('3', 'relayWindowMissing', '2026-11-24T09:00:00Z'),
      event('2', 'badCredentials', '2026-11-24T08:00:00Z'),
      event('1', 'tlsRequired', '2026-11-01T00:00:00Z'),
    ]
    const groups = groupRefusals(events, Date.parse('2026-11-20T00:00:00Z'))
    assert.deepEqual(
      groups.map(({ event: { id }, times }) => [id, times]),
      [
        ['4', 2],
        ['3', 1],
      ],
    )
  })
})
