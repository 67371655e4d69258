/** Auto-configuration over HTTP: on each name that mail programs try, equal for everybody, and true to the policy. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  readAppleProfile,
  readAutodiscover,
  readAutodiscoverError,
  readMozillaAutoconfig,
  readPacc,
} from '#tests/support/autoconfig-readers.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'

const portalUrl = 'https://mail.infonia.ne.jp'
const everything = [
  'imap pop.infonia.ne.jp:993 tls',
  'imap pop.infonia.ne.jp:143 starttls',
  'pop pop.infonia.ne.jp:995 tls',
  'pop pop.infonia.ne.jp:110 starttls',
  'submission smtpa.infonia.ne.jp:465 tls',
  'submission smtpa.infonia.ne.jp:587 starttls',
]
const best = [everything[0], everything[2], everything[4]]

type Answer = { status: number; type: string; location: string | undefined; body: Buffer }
type Question = { host?: string; method?: string; body?: string | Buffer }

let portal: TestPortal
type Everybody = Awaited<ReturnType<typeof import('#tests/support/portal-people.ts').addEverybody>>
let operator: Everybody['operator']
let subscriber: Everybody['subscriber']
let stranger: Everybody['stranger']

before(async () => {
  portal = await startPortal({ PORTAL_URL: portalUrl, HOSTED_DOMAINS: 'second.example' })
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  ;({ operator, subscriber, stranger } = await addEverybody())
})

after(() => portal.stop())

/** Not fetch, which would choose the Host by itself. */
async function ask(
  path: string,
  { host = 'mail.infonia.ne.jp', method = 'GET', body }: Question = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, portal.url), { method, headers: { host, 'content-type': 'text/xml' } })
    sent.once('error', reject).once('response', async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const { 'content-type': type = '', location } = response.headers
      resolve({ status: response.statusCode ?? 0, type, location, body: Buffer.concat(chunks) })
    })
    sent.end(body)
  })
}

function pox(address: string, schema = 'outlook/responseschema/2006a'): string {
  const base = 'http://schemas.microsoft.com/exchange/autodiscover'
  return `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${base}/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>${base}/${schema}</AcceptableResponseSchema></Request></Autodiscover>`
}

const discover = async (body: string | Buffer, path = '/autodiscover/autodiscover.xml') =>
  (await ask(path, { method: 'POST', body, host: 'autodiscover.infonia.ne.jp' })).body.toString()

describe('autoconfig', () => {
  const places = [
    { host: 'autoconfig.infonia.ne.jp', path: '/mail/config-v1.1.xml' },
    { host: 'infonia.ne.jp', path: '/.well-known/autoconfig/mail/config-v1.1.xml' },
    { host: 'autoconfig.second.example', path: '/mail/config-v1.1.xml' },
  ]
  for (const { host, path } of places) {
    test(`answers on ${host}${path}, the same for everybody`, async () => {
      const bodies = new Set<string>()
      for (const address of ['', 'taro@infonia.ne.jp', 'nobody@infonia.ne.jp', 'taro@second.example', '<x>']) {
        const query = address === '' ? '' : `?emailaddress=${encodeURIComponent(address)}`
        const { status, type, body } = await ask(path + query, { host })
        assert.deepEqual([status, type], [200, 'text/xml; charset=utf-8'])
        bodies.add(body.toString())
      }
      assert.equal(bodies.size, 1)
      const { domains, services } = readMozillaAutoconfig([...bodies][0] ?? '')
      assert.deepEqual(domains, ['infonia.ne.jp', 'second.example'])
      assert.deepEqual(services, everything)
    })
  }
})

describe('Autodiscover', () => {
  test('answers an address that exists and one that does not alike', async () => {
    const [known, unknown] = ['taro@infonia.ne.jp', 'nobody@second.example']
    const answers = await Promise.all([discover(pox(known)), discover(pox(unknown))])
    assert.deepEqual(readAutodiscover(answers[0]).services, best)
    assert.equal(answers[0].replaceAll(known, ''), answers[1].replaceAll(unknown, ''))
  })

  test('does not care about capitals in its path', async () => {
    const xml = await discover(pox('taro@infonia.ne.jp'), '/Autodiscover/Autodiscover.xml')
    assert.deepEqual(readAutodiscover(xml).services, best)
  })

  const refused = [
    { name: 'an address of another domain', body: pox('taro@elsewhere.test'), code: '500' },
    { name: 'an address that is none', body: pox('taro'), code: '600' },
    { name: 'ActiveSync', body: pox('taro@infonia.ne.jp', 'mobilesync/responseschema/2006'), code: '601' },
    {
      name: 'an external entity',
      body: `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${pox('&x;')}`,
      code: '600',
    },
    { name: 'a megabyte', body: Buffer.alloc(1_048_576, ' '), code: '600' },
    { name: 'nothing', body: '', code: '600' },
  ]
  for (const { name, body, code } of refused) {
    test(`refuses ${name} in its own form`, async () => {
      assert.equal(readAutodiscoverError(await discover(body)).code, code)
    })
  }

  test('asked by GET on a name of the domain, leads to the portal; there it does not lead on', async () => {
    const path = '/autodiscover/autodiscover.xml'
    const elsewhere = await ask(path, { host: 'autodiscover.infonia.ne.jp' })
    assert.deepEqual([elsewhere.status, elsewhere.location], [302, `${portalUrl}${path}`])
    assert.equal(readAutodiscoverError((await ask(path)).body.toString()).code, '600')
  })

  test('v2 names the XML, on each of its paths', async () => {
    for (const path of [
      '/autodiscover/autodiscover.json?Email=taro@infonia.ne.jp&Protocol=AutodiscoverV1',
      '/Autodiscover/Autodiscover.json/v1.0/taro@infonia.ne.jp?protocol=autodiscoverv1',
    ]) {
      const { status, body } = await ask(path)
      assert.equal(status, 200)
      assert.equal(JSON.parse(body.toString()).Url, `${portalUrl}/autodiscover/autodiscover.xml`)
    }
    assert.equal((await ask('/autodiscover/autodiscover.json?Protocol=ActiveSync')).status, 400)
  })
})

describe('other places', () => {
  test('PACC', async () => {
    const { type, body } = await ask('/.well-known/user-agent-configuration.json', {
      host: 'ua-auto-config.infonia.ne.jp',
    })
    assert.equal(type, 'application/json')
    assert.deepEqual(readPacc(body.toString()), best)
  })

  test('the MTA-STS policy', async () => {
    const { type, body } = await ask('/.well-known/mta-sts.txt', { host: 'mta-sts.infonia.ne.jp' })
    assert.match(type, /^text\/plain/)
    assert.equal(body.toString(), 'version: STSv1\r\nmode: testing\r\nmx: mx.infonia.ne.jp\r\nmax_age: 604800\r\n')
  })

  test('a signed profile for anybody', async () => {
    const { type, body } = await ask('/api/set-up/mail.mobileconfig')
    assert.equal(type, 'application/x-apple-aspen-config')
    const authority = join(portal.dataDirectory, 'tls', 'ca.crt')
    const { status, stdout } = spawnSync('openssl', ['cms', '-verify', '-inform', 'DER', '-CAfile', authority], {
      input: body,
    })
    assert.equal(status, 0)
    const { services } = readAppleProfile(stdout.toString())
    assert.deepEqual(services, ['imap pop.infonia.ne.jp:993 encrypted', 'submission smtpa.infonia.ne.jp:465 encrypted'])
  })
})

describe('a set-up link', () => {
  const unsigned = (body: Buffer) => {
    const authority = join(portal.dataDirectory, 'tls', 'ca.crt')
    return spawnSync('openssl', ['cms', '-verify', '-inform', 'DER', '-CAfile', authority], {
      input: body,
    }).stdout.toString()
  }
  const profilePath = (token: string) => `/api/set-up/${token}/mail.mobileconfig`

  test('brings address and user name of its credential, never a password, and ends with it', async () => {
    const { makeSetUpLink, revokeCredential } = await import('#lib/accounts/index.ts')
    const { actor, credential, address } = subscriber
    const { token } = await makeSetUpLink(actor, { credentialId: credential.id })
    const { account } = readAppleProfile(unsigned((await ask(profilePath(token))).body))
    assert.deepEqual([account.EmailAddress, account.IncomingMailServerUsername], [address, credential.username])
    const page = (await ask(`/set-up/${token}`)).body.toString()
    assert.ok(page.includes(address) && page.includes(credential.username) && !page.includes(credential.password))
    await revokeCredential(actor, { credentialId: credential.id })
    assert.equal((await ask(profilePath(token))).status, 404)
    assert.ok(!(await ask(`/set-up/${token}`)).body.toString().includes(credential.username))
  })

  test('is made for its owner only, and opens only as it was made and for a day', async (context) => {
    const { makeSetUpLink, openSetUpLink } = await import('#lib/accounts/index.ts')
    const { actor, credential } = stranger
    await assert.rejects(makeSetUpLink(subscriber.actor, { credentialId: credential.id }), { code: 'not_found' })
    const { token } = await makeSetUpLink(actor, { credentialId: credential.id })
    assert.equal((await openSetUpLink(token))?.credential.id, credential.id)
    for (const other of [
      '',
      'x',
      `${token}A`,
      token.slice(0, -2),
      token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ]) {
      assert.equal(await openSetUpLink(other), null)
    }
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 86_400_001 })
    assert.equal(await openSetUpLink(token), null)
  })
})

test('a listener that the policy switches off is gone from every answer at once', async () => {
  const { changePolicy } = await import('#tests/support/people.ts')
  await changePolicy(operator, ({ listeners }) => {
    listeners.imaps.enabled = false
    listeners.submission.mechanisms = ['SCRAM-SHA-256']
  })
  const xml = (await ask('/mail/config-v1.1.xml')).body.toString()
  const left = everything.filter((line) => !/:(?:993|587) /.test(line))
  assert.deepEqual(readMozillaAutoconfig(xml).services, left)
  assert.deepEqual(readAutodiscover(await discover(pox('taro@infonia.ne.jp'))).services, [left[0], left[1], left[3]])
  assert.deepEqual(readPacc((await ask('/.well-known/user-agent-configuration.json')).body.toString()), best.slice(1))
  await changePolicy(operator, ({ listeners }) => {
    listeners.submissions.enabled = false
  })
  for (const path of [
    '/mail/config-v1.1.xml',
    '/.well-known/user-agent-configuration.json',
    '/api/set-up/mail.mobileconfig',
  ]) {
    assert.equal((await ask(path)).status, 404, path)
  }
  assert.equal(readAutodiscoverError(await discover(pox('taro@infonia.ne.jp'))).code, '500')
})
