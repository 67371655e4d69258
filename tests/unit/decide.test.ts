import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide, type Permission, type Question, type SenderEvidence, type Verdict } from '#lib/policy/decide.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { listenerNames, type PolicyDocument } from '#lib/policy/schema.ts'

const none: Permission = { kind: 'none' }
const taro: Permission = { kind: 'authenticated', addresses: ['taro@infonia.ne.jp', 't.yamada@infonia.ne.jp'] }
const windowOfTaro: Permission = { kind: 'relayWindow', addresses: ['taro@infonia.ne.jp'] }
const alone = { address: '192.0.2.1', mailboxCount: 1 }
const accept: Verdict = { outcome: 'accept' }

function asked(question: Question, policy: PolicyDocument = defaultPolicy): string {
  const verdict = decide(question, policy)
  return verdict.outcome === 'reject' || verdict.outcome === 'defer'
    ? `${verdict.outcome} ${verdict.reason}`
    : verdict.outcome === 'file'
      ? `file ${verdict.specialUse}`
      : verdict.outcome
}

/** One more recipient, to whom the mailbox has written before, after so many that are all still counted. */
function counted({ thisHour = 0, today = 0 }): Extract<Question, { stage: 'count' }> {
  const tally = (amount: number) => [{ amount, leavesInSeconds: 60 }]
  return {
    stage: 'count',
    permission: taro,
    recipients: 1,
    newCorrespondents: 0,
    isFromAbroad: false,
    isHeld: false,
    sent: {
      thisHour: tally(thisHour),
      today: tally(today),
      todayByCredential: [],
      todayFromAbroad: [],
      newToday: [],
      inWindow: { recipients: 0, messages: 0 },
    },
  }
}

function changed(change: (policy: PolicyDocument) => void): PolicyDocument {
  const policy = structuredClone(defaultPolicy)
  change(policy)
  return policy
}

describe('decide: maintenance', () => {
  const connect = { stage: 'connect', listener: 'mx' } as const
  const authenticate = { stage: 'authenticate', listener: 'imaps', mechanism: 'PLAIN', tls: true } as const
  it('closes what is closed, with the time that is left', () =>
    assert.deepEqual(decide(connect, defaultPolicy, { mx: 90 }), {
      outcome: 'defer',
      reason: 'underMaintenance',
      waitSeconds: 90,
    }))
  it('lets nobody log in there either', () =>
    assert.equal(decide(authenticate, defaultPolicy, { imaps: 90 }).outcome, 'defer'))
  it('leaves the other doors open', () => {
    assert.equal(decide(connect, defaultPolicy, { imaps: 90 }).outcome, 'accept')
    assert.equal(decide(authenticate, defaultPolicy, { mx: 90 }).outcome, 'accept')
  })
})

describe('decide: authenticate', () => {
  const question = { stage: 'authenticate', listener: 'submission', mechanism: 'PLAIN', tls: true } as const
  it('accepts a mechanism of the policy inside TLS', () => assert.equal(asked(question), 'accept'))
  it('wants TLS first', () => assert.equal(asked({ ...question, tls: false }), 'reject tlsRequired'))
  it('goes without TLS only where the operator says so', () => {
    const policy = changed((document) => {
      document.listeners.submissionLegacy.requireTls = false
    })
    assert.equal(asked({ ...question, listener: 'submissionLegacy', tls: false }, policy), 'accept')
    assert.equal(asked({ ...question, tls: false }, policy), 'reject tlsRequired')
  })
  it('refuses a mechanism that nobody allowed', () =>
    assert.equal(asked({ ...question, mechanism: 'NTLM' }), 'reject mechanismNotAllowed'))
  it('has no SMTP AUTH on smtp and mx', () => {
    assert.equal(asked({ ...question, listener: 'smtp' }), 'reject authNotOffered')
    assert.equal(asked({ ...question, listener: 'mx' }), 'reject authNotOffered')
  })
})

describe('decide: mail', () => {
  const question = { stage: 'mail', sender: 'Taro@infonia.ne.jp', declaredBytes: 1_000, from: null } as const
  const cases: [string, Question, string][] = [
    ['authenticated on smtpa', { ...question, listener: 'submission', permission: taro }, 'accept'],
    [
      'alias as sender',
      { ...question, listener: 'submission', permission: taro, sender: 't.yamada@infonia.ne.jp' },
      'accept',
    ],
    ['stranger on smtpa', { ...question, listener: 'submission', permission: none }, 'reject authenticationRequired'],
    [
      'window on smtpa',
      { ...question, listener: 'submissions', permission: windowOfTaro },
      'reject authenticationRequired',
    ],
    ['window on smtp', { ...question, listener: 'smtp', permission: windowOfTaro }, 'accept'],
    ['stranger on smtp', { ...question, listener: 'smtp', permission: none }, 'reject relayWindowMissing'],
    ['authenticated on smtp', { ...question, listener: 'smtp', permission: taro }, 'reject relayWindowMissing'],
    ['stranger on mx', { ...question, listener: 'mx', permission: none, sender: 'x@example.com' }, 'accept'],
    ['null sender on mx', { ...question, listener: 'mx', permission: none, sender: '' }, 'accept'],
    [
      'null sender on smtpa',
      { ...question, listener: 'submission', permission: taro, sender: '' },
      'reject senderNotOwned',
    ],
    [
      'sender of another',
      { ...question, listener: 'smtp', permission: windowOfTaro, sender: 'jiro@infonia.ne.jp' },
      'reject senderNotOwned',
    ],
    [
      'too large',
      { ...question, listener: 'submission', permission: taro, declaredBytes: 99_000_000 },
      'reject messageTooLarge',
    ],
    ['no mail by pop3', { ...question, listener: 'pop3', permission: taro }, 'reject notDecided'],
  ]
  for (const [name, one, expected] of cases) it(name, () => assert.equal(asked(one), expected))

  it('closes smtp when POP before SMTP is off', () => {
    const policy = changed((document) => {
      document.popBeforeSmtp.enabled = false
    })
    assert.equal(
      asked({ ...question, listener: 'smtp', permission: windowOfTaro }, policy),
      'reject popBeforeSmtpDisabled',
    )
  })
})

describe('decide: rcpt, data, count, window', () => {
  const rcpt = {
    stage: 'rcpt',
    listener: 'mx',
    permission: none,
    target: 'local',
    targetIsFull: false,
    acceptedRecipients: 0,
  } as const
  const data = {
    stage: 'data',
    listener: 'submission',
    permission: taro,
    sizeBytes: 10,
    headerFrom: [],
    sender: null,
  } as const
  const found = (
    dmarc: string,
    requested: 'none' | 'quarantine' | 'reject',
    author: SenderEvidence['author'] = { domain: 'example.com' },
  ) => ({ dmarc, requested, author })
  const fromOutside = { ...data, listener: 'mx', permission: none, headerFrom: ['x@example.com'] } as const
  const cases: [string, Question, string][] = [
    ['local on mx', rcpt, 'accept'],
    ['unknown on mx', { ...rcpt, target: 'unknown' }, 'reject unknownRecipient'],
    ['relay on mx', { ...rcpt, target: 'remote' }, 'reject relayDenied'],
    ['full on mx', { ...rcpt, targetIsFull: true }, 'defer mailboxFull'],
    ['remote by AUTH', { ...rcpt, listener: 'submission', permission: taro, target: 'remote' }, 'accept'],
    [
      '101st recipient',
      { ...rcpt, listener: 'submission', permission: taro, acceptedRecipients: 100 },
      'defer tooManyRecipients',
    ],
    [
      '51st by window',
      { ...rcpt, listener: 'smtp', permission: windowOfTaro, acceptedRecipients: 50 },
      'defer tooManyRecipients',
    ],
    ['local on smtp by a stranger', { ...rcpt, listener: 'smtp' }, 'reject relayWindowMissing'],
    ['own From', { ...data, headerFrom: ['taro@infonia.ne.jp'] }, 'accept'],
    ['foreign From', { ...data, headerFrom: ['taro@infonia.ne.jp', 'x@example.com'] }, 'reject senderNotOwned'],
    ['foreign From on mx', fromOutside, 'accept'],
    ['DMARC failed, reject', { ...fromOutside, sender: found('fail', 'reject') }, 'reject senderForged'],
    ['DMARC failed, quarantine', { ...fromOutside, sender: found('fail', 'quarantine') }, 'file \\Junk'],
    ['DMARC failed, none', { ...fromOutside, sender: found('fail', 'none') }, 'accept'],
    ['DMARC unknown', { ...fromOutside, sender: found('temperror', 'reject') }, 'accept'],
    ['no domain in From', { ...fromOutside, sender: found('none', 'none', { domain: null }) }, 'reject authorUnclear'],
    ['another domain', { ...fromOutside, sender: found('pass', 'none', { domain: 'b.test' }) }, 'reject authorUnclear'],
    ['nobody looked', { ...fromOutside, sender: found('temperror', 'none', null) }, 'accept'],
    ['300th in the hour', counted({ thisHour: 299, today: 299 }), 'accept'],
    ['301st in the hour', counted({ thisHour: 300, today: 300 }), 'defer sendingLimitReached'],
    ['1,001st today', counted({ today: 1_000 }), 'defer sendingLimitReached'],
    ['held', { ...counted({}), isHeld: true }, 'defer sendingHeld'],
    ['window by POP', { stage: 'openRelayWindow', listener: 'pop3', optedIn: true, from: alone }, 'accept'],
    [
      'window without opting in',
      { stage: 'openRelayWindow', listener: 'pop3s', optedIn: false, from: alone },
      'reject popBeforeSmtpDisabled',
    ],
    [
      'no window by IMAP',
      { stage: 'openRelayWindow', listener: 'imaps', optedIn: true, from: alone },
      'reject popBeforeSmtpDisabled',
    ],
  ]
  for (const [name, one, expected] of cases) it(name, () => assert.equal(asked(one), expected))
})

describe('decide refuses by default', () => {
  it('a stage that it does not know', () => {
    const unknown = { stage: 'teleport', listener: 'submission' } as unknown as Question
    assert.equal(asked(unknown), 'reject notDecided')
  })
  it('every listener without a permission, except mx', () => {
    for (const listener of listenerNames.filter((name) => name !== 'mx')) {
      const verdict = decide(
        { stage: 'mail', listener, permission: none, sender: 'a@example.com', declaredBytes: null, from: null },
        defaultPolicy,
      )
      assert.notDeepEqual(verdict, accept, listener)
    }
  })
})
