/** Every form of auto-configuration says what the policy offers and nothing else, whatever the policy is. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { appleProfile } from '#lib/autoconfig/apple-profile.ts'
import { autodiscoverV2 } from '#lib/autoconfig/autodiscover-json.ts'
import { autodiscoverError, autodiscoverResponse } from '#lib/autoconfig/autodiscover-response.ts'
import { isComplete, type MailServices, mailServices } from '#lib/autoconfig/mail-services.ts'
import { mozillaAutoconfig } from '#lib/autoconfig/mozilla-autoconfig.ts'
import { paccDocument, paccRecordText } from '#lib/autoconfig/pacc.ts'
import { thunderbirdQrText } from '#lib/autoconfig/thunderbird-qr.ts'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import type { LoginListenerName, PolicyDocument, SaslMechanism } from '#lib/policy/schema.ts'
import {
  readAppleProfile,
  readAutodiscover,
  readAutodiscoverError,
  readMozillaAutoconfig,
  readPacc,
  readThunderbirdQr,
} from '#tests/support/autoconfig-readers.ts'
import { matrix } from '#tests/support/matrix.ts'

const taro = { address: 'taro@infonia.ne.jp', name: '山田 "太郎" & <Co>', username: 'taro-x7km' }

/** What the engine opens, said by hand: the oracle of this page. */
const doors = {
  imaps: 'imap pop.infonia.ne.jp:993 tls',
  imap: 'imap pop.infonia.ne.jp:143 starttls',
  pop3s: 'pop pop.infonia.ne.jp:995 tls',
  pop3: 'pop pop.infonia.ne.jp:110 starttls',
  submissions: 'submission smtpa.infonia.ne.jp:465 tls',
  submission: 'submission smtpa.infonia.ne.jp:587 starttls',
} as const satisfies Partial<Record<LoginListenerName, string>>
type Door = keyof typeof doors
const doorNames = Object.keys(doors) as Door[]

function policyWith(open: readonly Door[], mechanisms: readonly SaslMechanism[]): PolicyDocument {
  const listeners = structuredClone(defaultPolicy.listeners)
  for (const name of doorNames) {
    listeners[name] = { ...listeners[name], enabled: open.includes(name), mechanisms: [...mechanisms] }
  }
  return { ...defaultPolicy, listeners }
}

function servicesFor(policy: PolicyDocument, environment: Environment = {}): MailServices {
  const site = readSiteEnv(environment)
  const settings = connectionSettings(site, readGuidePortsEnv(environment), policy)
  return mailServices(site, 'https://mail.infonia.ne.jp', settings, policy)
}

const firstOf = (expected: readonly string[], protocol: string) =>
  expected.filter((line) => line.startsWith(`${protocol} `)).slice(0, 1)
const encrypted = (lines: readonly string[]) => lines.map((line) => line.replace(/ (?:tls|starttls)$/, ' encrypted'))

function checkForms(services: MailServices, expected: readonly string[]): void {
  assert.deepEqual(readMozillaAutoconfig(mozillaAutoconfig(services)).services, expected)
  const best = [...firstOf(expected, 'imap'), ...firstOf(expected, 'pop'), ...firstOf(expected, 'submission')]
  assert.deepEqual(readAutodiscover(autodiscoverResponse(services, taro.address)).services, best)
  assert.deepEqual(
    readPacc(paccDocument(services)),
    expected.filter((line) => line.endsWith(' tls')),
  )
  for (const receivesBy of ['imap', 'pop'] as const) {
    const own = [...firstOf(expected, receivesBy), ...firstOf(expected, 'submission')]
    const profile = appleProfile(services, { ...taro, receivesBy })
    const qr = thunderbirdQrText(services, { ...taro, receivesBy })
    assert.equal(profile === null, own.length < 2)
    assert.equal(qr === null, own.length < 2)
    if (profile !== null) assert.deepEqual(readAppleProfile(profile).services, encrypted(own))
    if (qr !== null) assert.deepEqual(readThunderbirdQr(qr).services, own)
  }
}

const mechanismSets: readonly { mechanisms: SaslMechanism[]; isTaken: (door: Door) => boolean }[] = [
  { mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'], isTaken: () => true },
  { mechanisms: ['PLAIN'], isTaken: () => true },
  { mechanisms: ['LOGIN'], isTaken: (door) => door.startsWith('submission') },
  { mechanisms: ['SCRAM-SHA-256'], isTaken: () => false },
  { mechanisms: [], isTaken: () => false },
]

describe('what the policy opens is what mail programs are told', () => {
  const { check } = matrix('autoconfig-policies', 'Auto-configuration says what the policy opens, in five forms')
  for (const { mechanisms, isTaken } of mechanismSets) {
    check(
      `${mechanisms.join(' ') || 'no mechanism'}, each set of doors`,
      async () => {
        for (let bits = 0; bits < 2 ** doorNames.length; bits += 1) {
          const open = doorNames.filter((_, index) => bits & (1 << index))
          const expected = open.filter(isTaken).map((door) => doors[door])
          checkForms(servicesFor(policyWith(open, mechanisms)), expected)
        }
      },
      2 ** doorNames.length,
    )
  }
})

describe('the forms', () => {
  const services = servicesFor(defaultPolicy, { HOSTED_DOMAINS: 'second.example infonia.ne.jp' })

  test('hosts and ports come from the configuration, and PACC only names its fixed ports', () => {
    const moved = servicesFor(defaultPolicy, { HOST_POP: 'in.example.net', PUBLIC_IMAPS_PORT: '10993' })
    const read = readMozillaAutoconfig(mozillaAutoconfig(moved)).services
    assert.equal(read[0], 'imap in.example.net:10993 tls')
    assert.deepEqual(readPacc(paccDocument(moved)), [
      'pop in.example.net:995 tls',
      'submission smtpa.infonia.ne.jp:465 tls',
    ])
  })

  test('autoconfig names every hosted domain once', () => {
    assert.deepEqual(readMozillaAutoconfig(mozillaAutoconfig(services)).domains, ['infonia.ne.jp', 'second.example'])
  })

  test('Autodiscover differs between two addresses in nothing but the address', () => {
    const [known, unknown] = [taro.address, 'nobody@infonia.ne.jp']
    const answers = [autodiscoverResponse(services, known), autodiscoverResponse(services, unknown)]
    assert.equal(answers[0]?.replaceAll(known, '…'), answers[1]?.replaceAll(unknown, '…'))
    assert.deepEqual([...new Set(readAutodiscover(answers[0] ?? '').loginNames)], [known])
  })

  test('an Autodiscover error has a form of its own', () => {
    const xml = autodiscoverError(600, 'a < b & "c"', new Date('2026-11-25T01:02:03.004Z'))
    assert.deepEqual(readAutodiscoverError(xml), { code: '600', message: 'a < b & "c"' })
    assert.match(xml, /Time="01:02:03\.004"/)
  })

  test('Autodiscover v2 leads to the XML, and to nothing that it has no words for', () => {
    const url = 'https://mail.infonia.ne.jp'
    assert.deepEqual(autodiscoverV2('autodiscoverV1', url), {
      status: 200,
      body: { Protocol: 'AutodiscoverV1', Url: `${url}/autodiscover/autodiscover.xml` },
    })
    for (const protocol of [null, '', 'ActiveSync', 'Imap']) assert.equal(autodiscoverV2(protocol, url).status, 400)
  })

  test('the digest in DNS is that of the bytes of the PACC document', () => {
    const digest = createHash('sha256').update(paccDocument(services)).digest('base64')
    assert.equal(paccRecordText(services), `v=UAAC1; a=sha256; d=${digest}`)
  })

  test('nothing to receive with, or nothing to send with, is not complete', () => {
    assert.equal(isComplete(services), true)
    assert.equal(isComplete(servicesFor(policyWith(['imaps', 'pop3'], ['PLAIN']))), false)
    assert.equal(isComplete(servicesFor(policyWith(['submissions'], ['PLAIN']))), false)
    assert.equal(isComplete(servicesFor(policyWith(['pop3', 'submission'], ['PLAIN']))), true)
  })

  test('text of people stays text', () => {
    const { account } = readAppleProfile(
      appleProfile(services, { ...taro, name: 'a\x00]]>&amp;\ud800', receivesBy: 'imap' }) ?? '',
    )
    assert.equal(account.EmailAccountName, 'a]]>&amp;\ufffd')
  })
})

describe('a profile for Apple devices', () => {
  const person = { ...taro, receivesBy: 'imap' } as const
  const read = (given: Parameters<typeof appleProfile>[1], environment: Environment = {}) =>
    readAppleProfile(appleProfile(servicesFor(defaultPolicy, environment), given) ?? '')

  test('replaces the one before it when hosts or the user name change', () => {
    const before = read(person, { HOST_POP: 'mx.infonia.ne.jp' })
    const after = read({ ...person, username: 'taro-q2wz' })
    for (const key of ['PayloadIdentifier', 'PayloadUUID']) {
      assert.equal(before.profile[key], after.profile[key])
      assert.equal(before.account[key], after.account[key])
    }
    assert.notDeepEqual(before.services, after.services)
    assert.equal(after.account.IncomingMailServerUsername, 'taro-q2wz')
    assert.equal(after.account.OutgoingMailServerUsername, 'taro-q2wz')
  })

  test('stands beside that of another address, and does not show whose it is in its identifier', () => {
    const [own, other] = [read(person), read({ ...person, address: 'hanako@infonia.ne.jp' })]
    assert.notEqual(own.profile.PayloadIdentifier, other.profile.PayloadIdentifier)
    assert.notEqual(own.account.PayloadUUID, own.profile.PayloadUUID)
    assert.doesNotMatch(String(own.profile.PayloadIdentifier), /taro/)
  })

  test('for nobody in particular leaves the device to ask', () => {
    const { account } = read(null)
    for (const key of ['EmailAddress', 'IncomingMailServerUsername', 'OutgoingMailServerUsername']) {
      assert.equal(account[key], undefined)
    }
  })
})

test('a code for Thunderbird on Android carries the user name and the identity', () => {
  const qr = thunderbirdQrText(servicesFor(defaultPolicy), { ...taro, receivesBy: 'pop' })
  const { usernames, identity } = readThunderbirdQr(qr ?? '')
  assert.deepEqual(usernames, [taro.username, taro.username])
  assert.deepEqual(identity, [taro.address, taro.name])
})
