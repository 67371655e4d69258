/** What operators may write into the environment, and what they are told when it cannot be read. */
import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readConfiguredDatabase, readDatabaseEnv } from '#lib/env/database.ts'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import { readPortsEnv } from '#lib/env/ports.ts'
import { type Environment, EnvironmentError } from '#lib/env/read-environment.ts'
import { readRelayEnv } from '#lib/env/relay.ts'
import { readScannersEnv } from '#lib/env/scanners.ts'
import { readSecretsEnv } from '#lib/env/secrets.ts'
import { readServiceEnv } from '#lib/env/service.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { readTlsEnv } from '#lib/env/tls.ts'
import { readNextAuthSecret, readWebEnv } from '#lib/env/web.ts'

const key = Buffer.alloc(32, 7).toString('base64')

describe('defaults', () => {
  test('the site is the one of the notice', () => {
    const site = readSiteEnv({})
    assert.equal(site.domain, 'infonia.ne.jp')
    assert.deepEqual(site.hosts, {
      old: 'mx.infonia.ne.jp',
      pop: 'pop.infonia.ne.jp',
      smtp: 'smtp.infonia.ne.jp',
      smtpa: 'smtpa.infonia.ne.jp',
    })
    assert.equal(site.name.ja, 'インフォニア')
  })

  test('host names follow the domain, unless they are named', () => {
    const { hosts, hostedDomains } = readSiteEnv({
      SITE_DOMAIN: 'Example.NET',
      HOST_POP: 'mailbox.example.org',
      HOSTED_DOMAINS: 'a.example, b.example',
    })
    assert.equal(hosts.smtpa, 'smtpa.example.net')
    assert.equal(hosts.pop, 'mailbox.example.org')
    assert.deepEqual(hostedDomains, ['example.net', 'a.example', 'b.example'])
  })

  test('everything listens on loopback', () => {
    assert.equal(readPortsEnv({}).bindAddress, '127.0.0.1')
  })

  test('guides show the public ports, not those of this machine', () => {
    assert.equal(readPortsEnv({}).submissions, 2465)
    assert.equal(readGuidePortsEnv({}).submissions, 465)
  })

  test('a variable that is set to nothing counts as unset', () => {
    assert.equal(readPortsEnv({ POP3_PORT: '' }).pop3, 2110)
    assert.equal(readConfiguredDatabase({ DATABASE_URL: ' ' }), null)
  })

  test('certificates come from the data directory', () => {
    const tls = readTlsEnv({ DATA_DIR: '/srv/mail' })
    assert.equal(tls.certificateFile, '/srv/mail/tls/server.crt')
    assert.equal(tls.authorityFile, '/srv/mail/tls/ca.crt')
  })

  test('the HELO name is that of the sending host', () => {
    assert.equal(readRelayEnv({ SITE_DOMAIN: 'example.net' }).heloName, 'smtpa.example.net')
  })

  test('the portal is where it listens, unless its public URL is given', () => {
    assert.equal(readWebEnv({ PORTAL_PORT: '3100' }).portalUrl, 'http://localhost:3100')
    assert.equal(readWebEnv({ BIND_ADDRESS: '::' }).portalUrl, 'http://localhost:3000')
    assert.deepEqual(readWebEnv({ PORTAL_URL: 'https://mail.example.net/' }), {
      portalUrl: 'https://mail.example.net',
      isHttps: true,
      isPasskeyRequired: true,
    })
  })
})

describe('values', () => {
  test('a smart host is a name or an address, and a port', () => {
    assert.deepEqual(readRelayEnv({ SMART_HOST: 'relay.example.net:587', SMART_HOST_TLS: 'required' }).smartHost, {
      host: 'relay.example.net',
      port: 587,
      tls: 'required',
      login: null,
    })
    assert.equal(readRelayEnv({ SMART_HOST: '[2001:db8::1]:25' }).smartHost?.host, '2001:db8::1')
  })

  test('a smart host with a login gets it only where TLS is required', () => {
    const login = { SMART_HOST: 'relay.example.net:587', SMART_HOST_USER: 'site', SMART_HOST_PASSWORD: 'secret' }
    const found = readRelayEnv(login).smartHost
    assert.deepEqual([found?.tls, found?.login], ['required', { user: 'site', password: 'secret' }])
    for (const tls of ['none', 'opportunistic']) {
      assert.throws(() => readRelayEnv({ ...login, SMART_HOST_TLS: tls }), /^EnvironmentError: SMART_HOST_TLS: must be/)
    }
  })

  test('scanners are a socket or a host', () => {
    assert.deepEqual(readScannersEnv({}), { clamd: null, rspamd: null })
    assert.deepEqual(readScannersEnv({ CLAMD: 'unix:/run/clamav/clamd.ctl', RSPAMD: 'http://127.0.0.1:11333/' }), {
      clamd: { path: '/run/clamav/clamd.ctl' },
      rspamd: 'http://127.0.0.1:11333',
    })
    assert.deepEqual(readScannersEnv({ CLAMD: 'tcp://[::1]:3310' }).clamd, { host: '::1', port: 3310 })
    for (const wrong of ['unix:clamd.ctl', 'tcp://host', '127.0.0.1:3310']) {
      assert.throws(() => readScannersEnv({ CLAMD: wrong }), /^EnvironmentError: CLAMD: must be/)
    }
    assert.throws(() => readScannersEnv({ RSPAMD: 'https://host/checkv2' }), /^EnvironmentError: RSPAMD: must be/)
  })

  test('the master key comes from the environment before any file', () => {
    assert.equal(readSecretsEnv({ MASTER_KEY: key, MASTER_KEY_FILE: '/nowhere' }).masterKey.length, 32)
  })

  test('the master key comes from a file that may end with a line break', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mail-key-')), 'key')
    writeFileSync(file, `${key}\n`)
    assert.equal(readSecretsEnv({ MASTER_KEY_FILE: file }).masterKey.toString('base64'), key)
  })

  test("the portal's session secret depends on the master key and is not the master key", () => {
    const other = Buffer.alloc(32, 8).toString('base64')
    assert.notEqual(readNextAuthSecret({ MASTER_KEY: key }), readNextAuthSecret({ MASTER_KEY: other }))
    assert.notEqual(Buffer.from(readNextAuthSecret({ MASTER_KEY: key }), 'base64url').toString('base64'), key)
  })
})

describe('unreadable values name their variable', () => {
  const cases: readonly [variable: string, value: string, read: (environment: Environment) => unknown][] = [
    ['POP3_PORT', '70000', readPortsEnv],
    ['POP3_PORT', 'pop3', readPortsEnv],
    ['POP3_PORT', '-1', readPortsEnv],
    ['BIND_ADDRESS', 'localhost', readPortsEnv],
    ['PUBLIC_POP3_PORT', '0', readGuidePortsEnv],
    ['SITE_DOMAIN', 'exa mple.net', readSiteEnv],
    ['HOST_POP', '-pop.example.net', readSiteEnv],
    ['HOSTED_DOMAINS', 'good.example, ba_d.example', readSiteEnv],
    ['SMART_HOST', 'relay.example.net', readRelayEnv],
    ['SMART_HOST', 'relay.example.net:0', readRelayEnv],
    ['SMART_HOST_TLS', 'maybe', readRelayEnv],
    ['SMART_HOST_PASSWORD_FILE', '/nowhere/password', readRelayEnv],
    ['DATABASE_URL', 'mysql://localhost/mail', readDatabaseEnv],
    ['DATABASE_URL', '', readDatabaseEnv],
    ['MASTER_KEY', 'short', readSecretsEnv],
    ['MASTER_KEY_FILE', '/nowhere/key', readSecretsEnv],
    ['PORTAL_URL', 'mail.example.net', readWebEnv],
    ['PORTAL_URL', 'https://mail.example.net/portal', readWebEnv],
    ['ROLE', 'both', readServiceEnv],
    ['ENGINE_WORKERS', '0', readServiceEnv],
    ['DEMO', 'perhaps', readServiceEnv],
  ]
  for (const [variable, value, read] of cases) {
    test(`${variable}=${value}`, () => {
      assert.throws(
        () => read({ [variable]: value }),
        (error: unknown) => {
          assert.ok(error instanceof EnvironmentError)
          assert.equal(error.variable, variable)
          assert.match(error.message, new RegExp(`^${variable}: .{10,}$`))
          return true
        },
      )
    })
  }

  test('half a certificate', () => {
    assert.throws(() => readTlsEnv({ TLS_CERT_FILE: 'server.crt' }), /^EnvironmentError: TLS_KEY_FILE: must be set/)
    assert.throws(() => readTlsEnv({ TLS_KEY_FILE: 'server.key' }), /^EnvironmentError: TLS_CERT_FILE: must be set/)
  })

  test('a secret is never repeated', () => {
    const secret = 'correct-horse-battery'
    for (const read of [
      () => readDatabaseEnv({ DATABASE_URL: `mysql://mail:${secret}@localhost/mail` }),
      () => readSecretsEnv({ MASTER_KEY: secret }),
    ]) {
      assert.throws(read, (error: Error) => !error.message.includes(secret))
    }
  })
})
