/** Where text from outside becomes something that the portal acts on. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nextPath } from '#lib/auth/next-path.ts'
import { readTrustedProxies } from '#lib/env/trusted-proxies.ts'
import { formValues, refillValues } from '#lib/http/form-values.ts'
import { cameInClear, clientAddress } from '#lib/http/forwarded-for.ts'
import { isOwnOrigin } from '#lib/http/origin.ts'

describe('where to go after signing in', () => {
  for (const path of ['/home', '/en/activity?show=trouble', '/support/0198c0de-0000-7000-8000-000000000000']) {
    test(`${path} stays`, () => assert.equal(nextPath(path), path))
  }
  for (const path of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/home\r\nSet-Cookie: a=b',
    '/\t/evil.example',
    '',
    ['/home'],
    undefined,
    `/${'a'.repeat(600)}`,
  ]) {
    test(`${JSON.stringify(path)?.slice(0, 40)} does not`, () => assert.equal(nextPath(path), null))
  }
})

describe('the Origin of a change', () => {
  test('is the configured one', () => {
    assert.equal(isOwnOrigin('https://mail.example.net', 'https://mail.example.net'), true)
  })
  for (const origin of [
    null,
    'null',
    '',
    'http://mail.example.net',
    'https://mail.example.net.evil.example',
    'https://mail.example.net:8443',
    'https://other.example.net',
  ]) {
    test(`is not ${origin}`, () => assert.equal(isOwnOrigin(origin, 'https://mail.example.net'), false))
  }
  test('on a trial machine is any name of loopback, on the same port', () => {
    assert.equal(isOwnOrigin('http://localhost:3000', 'http://127.0.0.1:3000'), true)
    assert.equal(isOwnOrigin('http://[::1]:3000', 'http://127.0.0.1:3000'), true)
    assert.equal(isOwnOrigin('http://localhost:3001', 'http://127.0.0.1:3000'), false)
    assert.equal(isOwnOrigin('http://localhost.evil.example:3000', 'http://127.0.0.1:3000'), false)
  })
})

describe('who is at the other end', () => {
  const none = readTrustedProxies({})
  const proxies = readTrustedProxies({ TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' })
  test('without trusted proxies the connection alone counts', () => {
    assert.equal(clientAddress('203.0.113.5', '198.51.100.7', none), '203.0.113.5')
    assert.equal(clientAddress('::ffff:203.0.113.5', undefined, none), '203.0.113.5')
  })
  test('a trusted proxy vouches for the address before it', () => {
    assert.equal(clientAddress('10.1.2.3', '203.0.113.5', proxies), '203.0.113.5')
    assert.equal(clientAddress('2001:db8::1', '203.0.113.5, 10.9.9.9', proxies), '203.0.113.5')
  })
  test('what the visitor wrote further out is not reached', () => {
    assert.equal(clientAddress('10.1.2.3', '127.0.0.1, 203.0.113.5', proxies), '203.0.113.5')
  })
  for (const [peer, proto, isInClear] of [
    ['10.1.2.3', 'http', true],
    ['10.1.2.3', 'https, HTTP', true],
    ['::ffff:10.1.2.3', 'http', true],
    ['10.1.2.3', 'https', false],
    ['10.1.2.3', undefined, false],
    ['203.0.113.5', 'http', false],
  ] as const) {
    test(`of a request by ${peer} that says ${proto}, ${isInClear ? 'it' : 'nobody'} knows that it came without TLS`, () => {
      assert.equal(cameInClear(peer, proto, proxies), isInClear)
    })
  }
  test('an unreadable list stops the start and names the variable', () => {
    assert.throws(() => readTrustedProxies({ TRUSTED_PROXIES: 'proxy.example' }), /TRUSTED_PROXIES/)
  })
})

describe('a form', () => {
  test('gives one text for a name and a list for name[]', () => {
    const form = new FormData()
    form.append('label', 'one')
    form.append('label', 'two')
    form.append('scopes[]', 'pop')
    form.append('scopes[]', 'imap')
    form.append('$ACTION_ID_x', '')
    form.append('file', new Blob(['x']))
    assert.deepEqual(formValues(form), { label: 'one', scopes: ['pop', 'imap'], file: '' })
  })
  test('is refilled without its secrets', () => {
    assert.deepEqual(refillValues({ login: 'taro', password: 'x', newPassword: 'y' }), { login: 'taro' })
  })
  test('cannot reach into prototypes', () => {
    const form = new FormData()
    form.append('__proto__', 'polluted')
    formValues(form)
    assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  })
})
