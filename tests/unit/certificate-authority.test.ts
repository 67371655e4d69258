/** The certificates of a trial machine, as OpenSSL sees them. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'

const DAY_MS = 86_400_000

describe('certificates of a trial machine', () => {
  let environment: { DATA_DIR: string }
  const file = (name: string) => join(environment.DATA_DIR, 'tls', name)
  const serverCertificate = () => new X509Certificate(readFileSync(file('server.crt')))
  const verify = (...options: string[]) =>
    spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', file('ca.crt'), ...options, file('server.crt')])

  before(async () => {
    environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'mail-tls-')) }
    await ensureCertificates(environment)
  })
  after(() => rmSync(environment.DATA_DIR, { recursive: true }))

  for (const host of [
    'smtpa.infonia.ne.jp',
    'smtp.infonia.ne.jp',
    'pop.infonia.ne.jp',
    'mx.infonia.ne.jp',
    'localhost',
  ]) {
    test(`OpenSSL, strict, accepts it for ${host}`, () => {
      assert.equal(verify('-purpose', 'sslserver', '-verify_hostname', host).status, 0)
    })
  }

  for (const address of ['127.0.0.1', '::1']) {
    test(`OpenSSL accepts it for ${address}`, () => {
      assert.equal(verify('-verify_ip', address).status, 0)
    })
  }

  test('it is not good for another name, nor for a client', () => {
    assert.notEqual(verify('-verify_hostname', 'www.infonia.ne.jp').status, 0)
    assert.notEqual(verify('-purpose', 'sslclient').status, 0)
  })

  test('the authority may sign certificates and be no server', () => {
    const authority = new X509Certificate(readFileSync(file('ca.crt')))
    assert.ok(authority.ca)
    assert.ok(serverCertificate().checkIssued(authority))
    const text = execFileSync('openssl', ['x509', '-in', file('ca.crt'), '-noout', '-text'], { encoding: 'utf8' })
    assert.match(text, /CA:TRUE, pathlen:0/)
    assert.match(text, /Certificate Sign, CRL Sign/)
    assert.equal(serverCertificate().ca, false)
  })

  test('keys are for their owner only', () => {
    for (const name of ['ca.key', 'server.key']) assert.equal(statSync(file(name)).mode & 0o777, 0o600)
  })

  test('a second start leaves everything as it is', async () => {
    const before = serverCertificate().fingerprint256
    await ensureCertificates(environment)
    assert.equal(serverCertificate().fingerprint256, before)
  })

  test('a new host name brings a new certificate of the same authority', async () => {
    const authority = readFileSync(file('ca.crt'), 'utf8')
    await ensureCertificates({ ...environment, HOST_POP: 'pop3.example.net' })
    assert.equal(verify('-verify_hostname', 'pop3.example.net').status, 0)
    assert.equal(readFileSync(file('ca.crt'), 'utf8'), authority)
  })

  test('it is renewed before it ends', async () => {
    const before = serverCertificate()
    const nearItsEnd = new Date(before.validToDate.getTime() - 20 * DAY_MS)
    await ensureCertificates({ ...environment, HOST_POP: 'pop3.example.net' }, nearItsEnd)
    assert.ok(serverCertificate().validToDate.getTime() - nearItsEnd.getTime() > 300 * DAY_MS)
  })

  test("an operator's certificate must exist and fit its key", async () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    const otherKey = join(environment.DATA_DIR, 'other.key')
    writeFileSync(otherKey, key)
    const given = { ...environment, TLS_CERT_FILE: file('server.crt'), TLS_KEY_FILE: file('server.key') }
    await ensureCertificates(given)
    await assert.rejects(ensureCertificates({ ...given, TLS_KEY_FILE: otherKey }), /is not the key of/)
    await assert.rejects(ensureCertificates({ ...given, TLS_CERT_FILE: '/nowhere' }), /cannot be used/)
  })
})
