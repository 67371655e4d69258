/** The signature of a profile, as OpenSSL sees it. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { profileSigner, signProfile } from '#lib/autoconfig/sign-profile.ts'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'
import { ensureProfileCertificate } from '#lib/service/profile-certificate.ts'

const profile = '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'

describe('the signature of a profile', () => {
  let directory: string
  const file = (name: string) => join(directory, 'tls', name)
  const text = (name: string) => readFileSync(file(name), 'utf8')

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mail-profile-'))
    await ensureCertificates({ DATA_DIR: directory })
    await ensureProfileCertificate({ DATA_DIR: directory })
  })
  after(() => rmSync(directory, { recursive: true }))

  function verified(signed: Buffer, authority: string): string | null {
    const options = ['-verify', '-inform', 'DER', '-CAfile', authority]
    const { status, stdout } = spawnSync('openssl', ['cms', ...options], { input: signed, encoding: 'utf8' })
    return status === 0 ? stdout : null
  }

  const sign = (certificate: string, key: string) => signProfile(profile, profileSigner(certificate, key), new Date())

  test('is one that OpenSSL verifies, with the profile inside as it was', () => {
    assert.equal(verified(sign(text('profile.crt'), text('profile.key')), file('ca.crt')), profile)
  })

  test('breaks when a byte of the profile changes', () => {
    const signed = sign(text('profile.crt'), text('profile.key'))
    const at = signed.indexOf('<dict/>')
    assert.ok(at > 0)
    signed.write('<dicT/>', at)
    assert.equal(verified(signed, file('ca.crt')), null)
  })

  test('of an elliptic key that an operator brings, with the chain, is verified too', () => {
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=operator'],
      ...['-keyout', file('own.key'), '-out', file('own.crt')],
    ])
    const signed = sign(text('own.crt') + text('ca.crt'), text('own.key'))
    assert.equal(verified(signed, file('own.crt')), profile)
    writeFileSync(file('signed.der'), signed)
    const chain = execFileSync('openssl', [
      'pkcs7',
      '-inform',
      'DER',
      '-in',
      file('signed.der'),
      '-print_certs',
      '-noout',
    ])
    assert.equal(chain.toString().match(/subject=/g)?.length, 2)
  })

  test('is by a key of its own, for its owner only, that is good for no server', () => {
    assert.notEqual(text('profile.key'), text('server.key'))
    assert.equal(statSync(file('profile.key')).mode & 0o777, 0o600)
    const verify = ['verify', '-CAfile', file('ca.crt')]
    assert.equal(spawnSync('openssl', [...verify, '-purpose', 'smimesign', file('profile.crt')]).status, 0)
    assert.notEqual(spawnSync('openssl', [...verify, '-purpose', 'sslserver', file('profile.crt')]).status, 0)
  })

  test('stays that of the same certificate until the certificate nears its end', async () => {
    const first = text('profile.crt')
    await ensureProfileCertificate({ DATA_DIR: directory })
    assert.equal(text('profile.crt'), first)
    await ensureProfileCertificate({ DATA_DIR: directory }, new Date(Date.now() + 1_800 * 86_400_000))
    assert.notEqual(text('profile.crt'), first)
  })

  test('signs itself where the operator brings the certificate of the servers', async () => {
    const given = { TLS_CERT_FILE: file('server.crt'), TLS_KEY_FILE: file('server.key') }
    const own = mkdtempSync(join(directory, 'own-'))
    await ensureProfileCertificate({ DATA_DIR: own, ...given })
    const [certificate, key] = ['profile.crt', 'profile.key'].map((name) => join(own, 'tls', name))
    const signed = sign(readFileSync(certificate ?? '', 'utf8'), readFileSync(key ?? '', 'utf8'))
    assert.equal(verified(signed, certificate ?? ''), profile)
  })

  test('an operator who brings half a pair, or two halves, is told', async () => {
    const given = (certificate: string, key: string) => ({
      DATA_DIR: directory,
      PROFILE_CERT_FILE: certificate,
      PROFILE_KEY_FILE: key,
    })
    await assert.rejects(ensureProfileCertificate(given(file('profile.crt'), file('server.key'))), /is not the key of/)
    await assert.rejects(ensureProfileCertificate(given('/nowhere', file('server.key'))), /cannot be used/)
    await assert.rejects(ensureProfileCertificate(given(file('profile.crt'), '')), /PROFILE_KEY_FILE: must be set/)
  })
})
