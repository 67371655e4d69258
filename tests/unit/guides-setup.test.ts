import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Language, languages } from '#lib/guides/bilingual.ts'
import { catalogue, findClient } from '#lib/guides/catalogue.ts'
import type { Client } from '#lib/guides/client.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { connectionValuesFor, setupValues } from '#lib/guides/connection-values.ts'
import { canUse, methodsOf, reachability, receivingsOf } from '#lib/guides/methods.ts'
import { sentenceParts } from '#lib/guides/placeholders.ts'
import { sectionsOf } from '#lib/guides/resolve-steps.ts'
import { setupOf, userNameFor } from '#lib/guides/setup.ts'
import { warnings } from '#lib/guides/warnings.ts'
import { warningsFor } from '#lib/guides/warnings-for.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'

const hosts = { old: 'mx.example.net', pop: 'pop.example.net', smtp: 'smtp.example.net', smtpa: 'smtpa.example.net' }
const ports = {
  smtp: 25,
  submission: 587,
  submissions: 465,
  submissionLegacy: 1587,
  pop3: 110,
  pop3s: 995,
  imap: 143,
  imaps: 993,
}
const settingsUnder = (policy: PolicyDocument) => connectionSettings({ domain: 'example.net', hosts }, ports, policy)
const settings = settingsUnder(defaultPolicy)

/** What an operator saves who still has customers with clients of 2002. */
const lenientPolicy: PolicyDocument = {
  ...defaultPolicy,
  listeners: {
    ...defaultPolicy.listeners,
    pop3: { ...defaultPolicy.listeners.pop3, requireTls: false },
    submissionLegacy: { ...defaultPolicy.listeners.submissionLegacy, requireTls: false },
  },
}

function client(id: string): Client {
  return findClient(id) ?? assert.fail(`no client ${id}`)
}

function everySetup() {
  return catalogue.flatMap((one) =>
    methodsOf(one).flatMap((method) =>
      receivingsOf(one, method).map((receiving) => setupOf(one, settings, { method, receiving })),
    ),
  )
}

test('the record says what the configuration and the policy say', () => {
  assert.deepEqual(settings.incoming.pop, { host: 'pop.example.net', port: 995, security: 'tls' })
  assert.deepEqual(settings.submission, { host: 'smtpa.example.net', port: 465, security: 'tls' })
  assert.equal(settings.popBeforeSmtp.host, 'smtp.example.net')
  assert.equal(settings.popBeforeSmtp.enabled, true)
  assert.deepEqual(settings.unencrypted, { pop: null, imap: null, submission: null })
  const off = settingsUnder({ ...defaultPolicy, popBeforeSmtp: { ...defaultPolicy.popBeforeSmtp, enabled: false } })
  assert.equal(off.popBeforeSmtp.enabled, false)
  assert.deepEqual(settingsUnder(lenientPolicy).unencrypted, {
    pop: { host: 'pop.example.net', port: 110, security: 'none' },
    imap: null,
    submission: { host: 'smtpa.example.net', port: 1587, security: 'none' },
  })
})

test('every client has at least one way of sending and one of receiving', () => {
  for (const one of catalogue) {
    assert.ok(methodsOf(one).length > 0, one.id)
    for (const method of methodsOf(one)) assert.ok(receivingsOf(one, method).length > 0, `${one.id} ${method}`)
  }
})

test('every set-up of every client has five sections with steps, in both languages', () => {
  for (const setup of everySetup()) {
    for (const language of languages) {
      const sections = sectionsOf(setup, language)
      assert.equal(sections.length, 5)
      for (const { purpose, steps, confidence, sources } of sections) {
        const where = `${setup.client.id} ${setup.method} ${setup.receiving} ${language} ${purpose}`
        assert.ok(steps.length > 0, where)
        const claimsNothing = confidence === 'unknown' || confidence === 'common-knowledge'
        assert.equal(sources.length === 0, claimsNothing, `${where}: a source exactly where one is claimed`)
        assert.doesNotMatch(JSON.stringify(steps), /\{\w+\}/, `${where}: a value is missing`)
      }
    }
  }
})

test('a section without a source shows no label of the screen', () => {
  for (const setup of everySetup()) {
    for (const section of sectionsOf(setup, 'ja').filter(({ confidence }) => confidence === 'unknown')) {
      for (const step of section.steps) {
        const label = 'label' in step ? step.label : null
        assert.equal(label, null, `${setup.client.id} ${section.purpose}: "${label}" comes from nowhere`)
        assert.ok(step.kind !== 'open' && step.kind !== 'turn', `${setup.client.id} ${section.purpose} ${step.kind}`)
      }
    }
  }
})

test('each method names its own host, and the old host is never typed', () => {
  for (const setup of everySetup()) {
    const expected = setup.method === 'smtp-auth' ? hosts.smtpa : hosts.smtp
    const typed = setupValues(setup).map(({ value }) => value.en)
    assert.ok(typed.includes(expected) && typed.includes(hosts.pop), setup.client.id)
    assert.ok(!typed.includes(hosts.old), setup.client.id)
  }
})

test('POP before SMTP receives by POP wherever the client can, and leaves authentication off', () => {
  const setup = setupOf(client('outlook-express-6-0'), settings, { method: 'pop-before-smtp', receiving: 'imap' })
  assert.equal(setup.receiving, 'pop')
  const section = sectionsOf(setup, 'ja').find(({ purpose }) => purpose === 'popBeforeSmtp')
  assert.deepEqual(section?.steps, [{ kind: 'turn', label: 'このサーバーは認証が必要', on: false }])
  const becky = sectionsOf(setupOf(client('becky-2-current'), settings, { method: 'pop-before-smtp' }), 'ja')
  assert.match(JSON.stringify(becky), /POP before SMTPを使用/)
})

test('a label that names the other protocol gives way to general words', () => {
  const [incoming] = sectionsOf(setupOf(client('outlook-express-6-0'), settings, { receiving: 'imap' }), 'ja')
  const field = incoming?.steps.find((step) => step.kind === 'fill')
  assert.equal(field?.label, null)
  const [forPop] = sectionsOf(setupOf(client('outlook-express-6-0'), settings, { receiving: 'pop' }), 'ja')
  assert.equal(forPop?.steps.find((step) => step.kind === 'fill')?.label, '受信メール (POP3)')
})

test('user names take the form that the client needs', () => {
  const text = (id: string) => userNameFor(client(id), settings, 'taro-x7km').text.ja
  assert.equal(text('thunderbird'), 'taro-x7km')
  assert.equal(text('eudora-5-1j'), 'taro-x7km@example.net')
  assert.equal(text('denshin8-32-1-3-1'), 'taro-x7km@example.net')
  assert.equal(text('postpet-2-0-windows'), 'taro-x7km@pop.example.net')
  assert.equal(userNameFor(client('thunderbird'), settings, null).literal, false)
})

test('a client without today’s TLS is said to be unable to connect, unless the operator lets it in unencrypted', () => {
  const old = client('outlook-express-6-0')
  assert.equal(reachability(old, settings, 'smtp-auth'), 'no')
  assert.equal(reachability(client('thunderbird'), settings, 'smtp-auth'), 'safe')
  assert.equal(reachability(client('edmax'), settings, 'smtp-auth'), 'unknown')
  const lenient = settingsUnder(lenientPolicy)
  assert.equal(reachability(old, lenient, 'smtp-auth'), 'unencrypted')
  const { incoming, outgoing } = setupOf(old, lenient).endpoints
  assert.deepEqual([incoming.port, incoming.security, outgoing.port, outgoing.security], [110, 'none', 1587, 'none'])
  assert.equal(setupOf(client('thunderbird'), lenient).endpoints.incoming.security, 'tls')
})

test('what cannot work is not offered', () => {
  assert.equal(canUse(client('postpet-2-0-windows'), 'smtp-auth'), false)
  assert.equal(canUse(client('al-mail32-1-12'), 'smtp-auth'), false)
  assert.equal(canUse(client('outlook-new'), 'pop-before-smtp'), false)
  assert.deepEqual(receivingsOf(client('geary'), 'smtp-auth'), ['imap'])
})

test('warnings fit the method', () => {
  const ids = (id: string, method: 'smtp-auth' | 'pop-before-smtp') =>
    warningsFor(setupOf(client(id), settings, { method }))
  assert.deepEqual(ids('outlook-express-6-0', 'smtp-auth'), ['starttlsPort', 'spaOff'])
  assert.deepEqual(ids('outlook-express-6-0', 'pop-before-smtp'), ['port25Blocked', 'spaOff', 'sendReceiveOrder'])
  assert.deepEqual(ids('eudora-5-1j', 'smtp-auth'), ['fullAddress', 'apopOff'])
  for (const warning of Object.values(warnings)) {
    for (const language of languages) assertNoUnknownPlaceholder(warning[language], language)
  }
})

function assertNoUnknownPlaceholder(sentence: string, language: Language): void {
  const text = sentenceParts(sentence, settings)
    .map((part) => part.text)
    .join('')
  assert.doesNotMatch(text, /[{}]/, `${language}: ${sentence}`)
}

test('the page of a new credential gets only what its scopes allow, in the form that the client needs', () => {
  const question = { settings, username: 'taro-x7km', sendingMethod: 'SMTP_AUTH' } as const
  const ids = (scopes: ('submission' | 'pop' | 'imap')[], id: string | null = 'thunderbird') =>
    connectionValuesFor(id, { ...question, scopes }).map((value) => `${value.id}=${value.value.en}`)
  assert.deepEqual(ids(['submission', 'imap']), [
    'incomingHost=pop.example.net',
    'incomingPort=993',
    'incomingSecurity=SSL/TLS',
    'outgoingHost=smtpa.example.net',
    'outgoingPort=465',
    'outgoingSecurity=SSL/TLS',
    'authentication=Normal password (PLAIN or LOGIN)',
    'userName=taro-x7km',
  ])
  assert.ok(!ids(['imap']).some((line) => line.startsWith('outgoing')))
  assert.ok(!ids(['submission']).some((line) => line.startsWith('incoming')))
  assert.ok(ids(['submission', 'pop'], 'eudora-5-1j').includes('userName=taro-x7km@example.net'))
  assert.ok(ids(['submission', 'pop'], 'no-such-client').includes('outgoingHost=smtpa.example.net'))
  const popBeforeSmtp = connectionValuesFor('thunderbird', {
    ...question,
    sendingMethod: 'POP_BEFORE_SMTP',
    scopes: ['pop'],
  }).map(({ value }) => value.en)
  assert.ok(popBeforeSmtp.includes('smtp.example.net') && !popBeforeSmtp.includes('smtpa.example.net'))
  const cloud = connectionValuesFor('outlook-new', {
    ...question,
    sendingMethod: 'POP_BEFORE_SMTP',
    scopes: ['submission', 'imap'],
  }).map(({ value }) => value.en)
  assert.ok(cloud.includes('smtpa.example.net'), 'POP before SMTP cannot work through a cloud')
})
