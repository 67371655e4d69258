/** A day of records under another policy, and the origins and differences of values. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { type Extent, isReached, policyFor } from '#lib/policy/in-force.ts'
import { valuesWithOrigins } from '#lib/policy/policy-origins.ts'
import { readPolicyFile } from '#lib/policy/read-policy-file.ts'
import { type RecordedEvent, rehearse } from '#lib/policy/rehearse.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'

const since = new Date('2026-11-27T00:00:00Z')
let sessions = 0

function event(kind: string, given: Partial<RecordedEvent> = {}): RecordedEvent {
  sessions += 1
  return {
    at: new Date('2026-11-27T10:15:00Z'),
    sessionId: String(sessions),
    kind,
    listener: 'submission',
    address: '192.0.2.1',
    tlsVersion: 'TLSv1.3',
    mailboxId: 1,
    credentialId: 'a',
    mechanism: null,
    reason: null,
    sizeBytes: null,
    recipients: null,
    ...given,
  }
}

const message = (recipients: number, given: Partial<RecordedEvent> = {}) =>
  event('accepted', { sizeBytes: 1_000, recipients, ...given })

function draft(change: (document: PolicyDocument) => void): PolicyDocument {
  const document = structuredClone(defaultPolicy)
  change(document)
  return document
}

type Case = {
  readonly name: string
  readonly events: readonly RecordedEvent[]
  readonly change: (document: PolicyDocument) => void
  /** stage, before, after, reason */
  readonly expected: readonly string[]
}

const cases: readonly Case[] = [
  {
    name: 'the same policy changes nothing',
    events: [event('login', { mechanism: 'PLAIN' }), message(3)],
    change: () => {},
    expected: [],
  },
  {
    name: 'a method that is no longer allowed',
    events: [event('login', { mechanism: 'LOGIN' }), event('login', { mechanism: 'PLAIN' })],
    change: ({ listeners }) => {
      listeners.submission.mechanisms = ['PLAIN']
    },
    expected: ['authenticate accept refuse mechanismNotAllowed'],
  },
  {
    name: 'a POP login counts as PLAIN, and a bound SCRAM as SCRAM',
    events: [
      event('login', { listener: 'pop3s', mechanism: 'USER/PASS' }),
      event('login', { mechanism: 'SCRAM-SHA-256-PLUS' }),
    ],
    change: () => {},
    expected: [],
  },
  {
    name: 'a login without TLS that would now be let through',
    events: [event('refusal', { mechanism: 'PLAIN', tlsVersion: null, reason: 'tlsRequired' })],
    change: ({ listeners }) => {
      listeners.submission.requireTls = false
    },
    expected: ['authenticate refuse accept tlsRequired'],
  },
  {
    name: 'a door that is closed, once for each session',
    events: [event('login', { sessionId: 's', mechanism: 'PLAIN' }), message(1, { sessionId: 's' })],
    change: ({ listeners }) => {
      listeners.submission.enabled = false
    },
    expected: ['connect accept refuse listenerClosed'],
  },
  {
    name: 'a message that is too large now',
    events: [message(1, { sizeBytes: 10_000_000 }), message(1)],
    change: ({ submission }) => {
      submission.limits.maxMessageBytes = 1_048_576
    },
    expected: ['data accept refuse messageTooLarge'],
  },
  {
    name: 'too many recipients of one message',
    events: [message(51), message(50)],
    change: ({ submission }) => {
      submission.limits.maxRecipientsPerMessage = 50
    },
    expected: ['rcpt accept refuse tooManyRecipients'],
  },
  {
    name: 'the fourth message of an hour, and what was refused does not count',
    events: [message(10), message(10), message(10), message(5), message(10, { mailboxId: 2 })],
    change: ({ submission }) => {
      submission.limits.maxRecipientsPerHour = 25
    },
    expected: ['count accept refuse sendingLimitReached'],
  },
  {
    name: 'what was sent the day before counts and is not asked about',
    events: [message(90, { at: new Date('2026-11-26T20:00:00Z') }), message(20)],
    change: ({ submission }) => {
      submission.limits.maxRecipientsPerDay = 100
    },
    expected: ['count accept refuse sendingLimitReached'],
  },
  {
    name: 'POP before SMTP is turned off',
    events: [event('relayWindowOpened', { listener: 'pop3s' }), message(1, { listener: 'smtp' })],
    change: ({ popBeforeSmtp }) => {
      popBeforeSmtp.enabled = false
    },
    expected: ['openRelayWindow accept refuse popBeforeSmtpDisabled', 'data accept refuse popBeforeSmtpDisabled'],
  },
]

describe('yesterday under another policy', () => {
  for (const { name, events, change, expected } of cases) {
    it(name, () => {
      const { changes } = rehearse(events, draft(change), since)
      assert.deepEqual(
        changes.map(({ stage, before, after, reason }) => `${stage} ${before} ${after} ${reason}`),
        expected,
      )
    })
  }

  it('says what it cannot ask again', () => {
    const events = ['badCredentials', 'badCredentials', 'virusFound'].map((reason) => event('refusal', { reason }))
    const { notAsked, changes } = rehearse(
      events,
      draft(() => {}),
      since,
    )
    assert.deepEqual(
      [...notAsked],
      [
        ['badCredentials', 2],
        ['virusFound', 1],
      ],
    )
    assert.deepEqual(changes, [])
  })
})

describe('a policy that rules for a part', () => {
  const mailboxes = Array.from({ length: 2_000 }, (_, mailboxId) => ({ mailboxId, addresses: ['a@one.test'] }))
  const reached = (extent: Extent, version = 7) =>
    mailboxes.filter((mailbox) => isReached(mailbox, { extent, version }))

  it('reaches about its percentage, the same ones each time, and more when it is widened', () => {
    const ten = reached({ kind: 'percent', percent: 10 })
    const half = reached({ kind: 'percent', percent: 50 })
    assert.ok(ten.length > 140 && ten.length < 260, String(ten.length))
    assert.ok(half.length > 900 && half.length < 1_100, String(half.length))
    assert.ok(ten.every((mailbox) => half.includes(mailbox)))
    assert.notDeepEqual(reached({ kind: 'percent', percent: 10 }, 8), ten)
  })

  it('reaches its domains by a mailbox’s own address', () => {
    const extent: Extent = { kind: 'domains', domains: ['one.test'] }
    assert.ok(isReached({ mailboxId: 1, addresses: ['a@ONE.test', 'a@two.test'] }, { extent, version: 1 }))
    assert.ok(!isReached({ mailboxId: 1, addresses: ['a@two.test', 'a@one.test'] }, { extent, version: 1 }))
    assert.ok(!isReached({ mailboxId: 1, addresses: [] }, { extent, version: 1 }))
  })

  it('does not rule where no mailbox is known', () => {
    const ruling = { version: 1, document: defaultPolicy }
    const rollout = { version: 2, document: defaultPolicy, extent: { kind: 'domains' as const, domains: ['one.test'] } }
    assert.equal(policyFor({ ruling, rollout }, null).version, 1)
    assert.equal(policyFor({ ruling, rollout }, { mailboxId: 1, addresses: ['a@one.test'] }).version, 2)
  })
})

it('each value names the version that last changed it', () => {
  const first = draft(({ popBeforeSmtp }) => {
    popBeforeSmtp.windowSeconds = 300
  })
  const second = draft(({ popBeforeSmtp, retention }) => {
    popBeforeSmtp.windowSeconds = 300
    retention.trashDays = 30
  })
  const versions = [
    { version: 2, document: second },
    { version: 1, document: first },
  ]
  const originOf = new Map(
    valuesWithOrigins(versions, defaultPolicy).map(({ path, origin }) => [path, origin?.version ?? null]),
  )
  assert.equal(originOf.get('popBeforeSmtp.windowSeconds'), 1)
  assert.equal(originOf.get('retention.trashDays'), 2)
  assert.equal(originOf.get('retention.junkDays'), null)
})

describe('a policy file', () => {
  const text = (change: (document: Record<string, unknown> & PolicyDocument) => void) => {
    const document = structuredClone(defaultPolicy) as Record<string, unknown> & PolicyDocument
    change(document)
    return JSON.stringify(document)
  }
  const faults: readonly [string, string, string][] = [
    ['{', '', 'notJson'],
    [text((document) => Reflect.deleteProperty(document, 'popBeforeSmtp')), 'popBeforeSmtp', 'missing'],
    [text((document) => Object.assign(document, { colour: 'red' })), 'colour', 'unknown'],
    [
      text(({ popBeforeSmtp }) => Object.assign(popBeforeSmtp, { windowSeconds: 1 })),
      'popBeforeSmtp.windowSeconds',
      'tooSmall',
    ],
    [
      text(({ submission }) => Object.assign(submission.limits, { maxRecipientsPerDay: 1e9 })),
      'submission.limits.maxRecipientsPerDay',
      'tooLarge',
    ],
    [
      text(({ listeners }) => Object.assign(listeners.pop3, { mechanisms: ['MAGIC'] })),
      'listeners.pop3.mechanisms.0',
      'wrong',
    ],
  ]
  for (const [content, path, fault] of faults) {
    it(`is refused for ${fault} at "${path}"`, () => {
      assert.deepEqual(readPolicyFile(content), { faults: [{ path, fault }] })
    })
  }
  it('that was exported reads as it was', () => {
    assert.deepEqual(readPolicyFile(JSON.stringify(defaultPolicy)), { document: defaultPolicy })
  })
})
