import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Attempt, AttemptEvent } from '#lib/doctor/attempt.ts'
import { diagnose } from '#lib/doctor/diagnose.ts'
import type { DiagnosisId } from '#lib/doctor/diagnoses.ts'
import type { DoctorFacts, MailboxFacts } from '#lib/doctor/facts.ts'
import { stepsOf } from '#lib/doctor/steps.ts'

const at = new Date('2026-11-24T12:00:00Z')
const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000)

const hanako: MailboxFacts = {
  id: 7,
  address: 'hanako@second.example',
  names: ['hanako', 'hanako-x7km'],
  domain: 'second.example',
  popBeforeSmtp: true,
  windows: [],
  imapLogins: [],
  clientId: 'thunderbird',
}

const facts = (change: Partial<MailboxFacts> = {}): DoctorFacts => ({
  hosts: { old: 'mx.a.example', pop: 'pop.a.example', smtp: 'smtp.a.example', smtpa: 'smtpa.a.example' },
  realm: { defaultDomain: 'a.example', hostedDomains: ['a.example', 'second.example'] },
  mailboxes: [{ ...hanako, ...change }],
})

const event = (change: Partial<AttemptEvent>): AttemptEvent => ({
  kind: 'refusal',
  at,
  listener: 'submissions',
  tlsVersion: 'TLSv1.3',
  serverName: null,
  mailboxId: null,
  credentialId: null,
  loginName: '',
  mechanism: null,
  replyCode: null,
  reason: null,
  mishap: null,
  isCheck: false,
  transcript: [],
  ...change,
})

const attempt = (...events: readonly Partial<AttemptEvent>[]): Attempt => ({
  sessionId: 'one',
  address: '192.0.2.1',
  events: events.map(event),
})

const window = (openedAt: number, expiresAt: number) => ({
  address: '192.0.2.1',
  openedAt: minutesLater(openedAt),
  expiresAt: minutesLater(expiresAt),
})
const noWindow = { listener: 'smtp', tlsVersion: null, reason: 'relayWindowMissing', mailboxId: 7 } as const
const login = { reason: 'badCredentials', mechanism: 'LOGIN' } as const

const cases: readonly (readonly [string, Attempt, DoctorFacts, DiagnosisId])[] = [
  ['a bare name', attempt({ ...login, loginName: 'Hanako' }), facts(), 'userNameNeedsDomain'],
  ['another domain', attempt({ ...login, loginName: 'hanako@c.example' }), facts(), 'userNameWrongDomain'],
  ['a credential name', attempt({ ...login, loginName: 'hanako-x7km%c.example' }), facts(), 'userNameWrongDomain'],
  ['nobody', attempt({ ...login, loginName: 'jiro' }), facts(), 'userNameUnknown'],
  ['a known mailbox', attempt({ ...login, loginName: 'hanako', mailboxId: 7 }), facts(), 'wrongPassword'],
  ['no window ever', attempt(noWindow), facts(), 'sentBeforeReceiving'],
  ['a window that is over', attempt(noWindow), facts({ windows: [window(-20, -10)] }), 'windowExpired'],
  ['a window elsewhere', attempt(noWindow), facts({ windows: [window(-1, 9)] }), 'receivedElsewhere'],
  ['a window of later', attempt(noWindow), facts({ windows: [window(1, 11)] }), 'sentBeforeReceiving'],
  ['IMAP before', attempt(noWindow), facts({ imapLogins: [{ at: minutesLater(-1) }] }), 'receivedByImap'],
  ['IMAP after', attempt(noWindow), facts({ imapLogins: [{ at: minutesLater(1) }] }), 'sentBeforeReceiving'],
  ['SMTP AUTH chosen', attempt(noWindow), facts({ popBeforeSmtp: false }), 'popBeforeSmtpNotChosen'],
  [
    'a method that is refused before one that works',
    attempt({ reason: 'mechanismNotAllowed', mechanism: 'NTLM' }, { kind: 'login', mechanism: 'LOGIN', mailboxId: 7 }),
    facts(),
    'loggedIn',
  ],
  [
    'a refusal after a login',
    attempt({ kind: 'login', mailboxId: 7 }, { reason: 'unknownRecipient' }, { kind: 'sessionEnded' }),
    facts(),
    'recipientUnknown',
  ],
  [
    'a message that breaks off after the login',
    attempt({ kind: 'login' }, { kind: 'sessionEnded', transcript: ['C: DATA', 'S: 354 Go ahead'] }),
    facts(),
    'cutOffWhileSending',
  ],
  [
    'a message whose end never came, so that the server hung up',
    attempt(
      { kind: 'login' },
      { replyCode: '421', transcript: ['C: DATA', 'S: 354 Go ahead'] },
      { kind: 'sessionEnded' },
    ),
    facts(),
    'cutOffWhileSending',
  ],
  [
    'a message that breaks off after another one went',
    attempt({ kind: 'accepted' }, { kind: 'sessionEnded', transcript: ['C: DATA', 'S: 354 Go ahead'] }),
    facts(),
    'cutOffWhileSending',
  ],
  [
    'a message that went, and a session that ended',
    attempt({ kind: 'accepted', transcript: ['C: DATA', 'S: 354 Go ahead'] }, { kind: 'sessionEnded' }),
    facts(),
    'works',
  ],
  ['the old host, that works', attempt({ kind: 'login', serverName: 'MX.a.example' }), facts(), 'oldHost'],
  ['smtpa for POP', attempt({ kind: 'login', listener: 'pop3s', serverName: 'smtpa.a.example' }), facts(), 'wrongHost'],
  ['a host of its own', attempt({ kind: 'login', serverName: 'smtpa.a.example' }), facts(), 'loggedIn'],
  [
    'gone after STARTTLS',
    attempt({ kind: 'sessionEnded', transcript: ['C: EHLO x', 'C: STARTTLS', 'S: 220 2.0.0 Ready to start TLS'] }),
    facts(),
    'certificateRefused',
  ],
  [
    'a certificate under a foreign name',
    attempt({ kind: 'mishap', mishap: 'certificateRefused', serverName: 'mail.c.example' }),
    facts(),
    'certificateName',
  ],
  ['words without a reason', attempt({ replyCode: '501' }), facts(), 'otherRefusal'],
]

describe('the diagnosis of', () => {
  for (const [name, given, known, expected] of cases) {
    it(`${name} is ${expected}`, () => assert.equal(diagnose(given, known).id, expected))
  }

  it('a window that is over says when it ended', () => {
    const { endedAt, mailbox } = diagnose(attempt(noWindow), facts({ windows: [window(-40, -30), window(-20, -10)] }))
    assert.deepEqual(endedAt, minutesLater(-10))
    assert.equal(mailbox?.address, 'hanako@second.example')
  })

  it('what works over a host that goes away is to be checked, not broken', () => {
    assert.equal(diagnose(attempt({ kind: 'login', serverName: 'mx.a.example' }), facts()).tone, 'waiting')
  })
})

describe('the steps of an attempt', () => {
  it('go from the connection to where it stopped, with the code that the mail program shows', () => {
    const steps = stepsOf(
      attempt(
        { reason: 'mechanismNotAllowed', mechanism: 'NTLM', replyCode: '504' },
        { kind: 'login', mechanism: 'LOGIN' },
        { reason: 'messageTooLarge', replyCode: '552' },
        { kind: 'sessionEnded' },
      ),
    )
    assert.deepEqual(
      steps.map(({ id, state, detail }) => [id, state, detail]),
      [
        ['connected', 'done', null],
        ['encrypted', 'done', 'TLSv1.3'],
        ['loginRefused', 'failed', 'NTLM'],
        ['loggedIn', 'done', 'LOGIN'],
        ['refused', 'failed', '552 M1'],
      ],
    )
  })

  it('name no address and no user name', () => {
    const steps = stepsOf(attempt({ ...login, loginName: 'secret-name', transcript: ['C: RCPT TO:<…@b.example>'] }))
    assert.doesNotMatch(JSON.stringify(steps), /secret-name|b\.example/)
  })
})
