import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { actionStatus, builtActions, WebClient } from '#tests/support/web-client.ts'

/** Of them so many are whole pages; the others are sent on to the same page under its short address, with a nonce all the same. */
const [ANSWERS, PAGES] = [10_000, 200]

let portal: TestPortal
let client: WebClient

before(async () => {
  portal = await startPortal({ PORTAL_URL: 'https://mail.infonia.ne.jp', TRUSTED_PROXIES: '127.0.0.1' })
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  await addEverybody()
  client = new WebClient(portal.url)
})

after(() => portal.stop())

function policyOf(answer: { headers: Headers }): Map<string, string> {
  const text = answer.headers.get('content-security-policy') ?? ''
  return new Map(text.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive]))
}

function nonceOf(answer: { headers: Headers }): string {
  return /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
}

describe('headers', () => {
  const table = matrix('headers', 'Headers of the portal that a browser needs to protect its reader')

  table.check('a page may run its own scripts and nothing else', async () => {
    const policy = policyOf(await client.request('/'))
    assert.equal(policy.get('default-src'), "default-src 'none'")
    assert.equal(policy.get('object-src'), "object-src 'none'")
    assert.equal(policy.get('base-uri'), "base-uri 'none'")
    assert.equal(policy.get('frame-ancestors'), "frame-ancestors 'none'")
    assert.equal(policy.get('form-action'), "form-action 'self'")
    assert.ok(![...policy.values()].some((directive) => /unsafe|\*|https?:/.test(directive)))
  })

  table.check(`the nonce has 128 bits or more and never comes twice (${ANSWERS} answers)`, async () => {
    const nonces: string[] = []
    for (let load = 0; load < PAGES; load += 1) nonces.push(nonceOf(await client.request('/sign-in')))
    const { WireClient } = await import('#tests/support/wire-client.ts')
    const wire = await WireClient.connect({ port: Number(new URL(portal.url).port) })
    const request = (connection: string) => `GET /ja HTTP/1.1\r\nHost: localhost\r\nConnection: ${connection}\r\n\r\n`
    wire.send(`${request('keep-alive').repeat(ANSWERS - PAGES - 1)}${request('close')}`)
    for (const [, nonce = ''] of (await wire.rest()).matchAll(/'nonce-([^']+)'/g)) nonces.push(nonce)
    assert.equal(new Set(nonces).size, ANSWERS)
    assert.ok(nonces.every((nonce) => Buffer.from(nonce, 'base64').length >= 16))
  })

  table.check('every script of a page carries the nonce of its response', async () => {
    const answer = await client.request('/')
    const nonce = nonceOf(answer)
    const scripts = answer.body.match(/<script[^>]*>/g) ?? []
    assert.ok(scripts.length > 0)
    assert.deepEqual(
      scripts.filter((script) => !script.includes(`nonce="${nonce}"`)),
      [],
    )
    assert.ok(!/ style="/.test(answer.body), 'no style attribute, which the policy would refuse')
    assert.ok(!/ on[a-z]+="/.test(answer.body), 'no handler attribute')
  })

  table.check('nobody outside chooses the nonce', async () => {
    const forged = { 'content-security-policy': "script-src 'nonce-evil'", 'x-nonce': 'evil' }
    const answer = await client.request('/', { headers: forged })
    assert.ok(!answer.body.includes('evil'))
    assert.notEqual(nonceOf(answer), 'evil')
  })

  table.check('the other headers, on pages and on data', async () => {
    for (const path of ['/', '/en/sign-in', '/no/such/page', '/healthz', '/ca.crt', '/api/activity']) {
      const { headers } = await client.request(path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('x-frame-options'), 'DENY', path)
      assert.equal(headers.get('referrer-policy'), 'same-origin', path)
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path)
      assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/, path)
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000; includeSubDomains/, path)
      assert.match(headers.get('cache-control') ?? '', /no-store/, path)
      assert.equal(headers.get('x-powered-by'), null, path)
    }
  })

  table.check('they are on what no page answers too: files, redirects, what cannot be read', async () => {
    const [, file = ''] = /href="(\/_next\/static\/[^"]+\.css)"/.exec((await client.request('/')).body) ?? []
    for (const path of [file, '/icon.svg', '/icon.svgx', '/_next/static-x', '/home', '//x', '/%ff', '/a%00b']) {
      const url = path.startsWith('//') ? `${portal.url}${path}` : path
      const { status, headers } = await client.request(url)
      assert.ok(status < 500, path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('x-frame-options'), 'DENY', path)
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; [^,]+$/, path)
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path)
    }
  })

  table.check('over https the session cookie is of this host only, and sign-in works', async () => {
    const signIn = builtActions().find(({ name }) => name === 'signInAction')
    assert.ok(signIn)
    const behindProxy = { origin: 'https://mail.infonia.ne.jp' } // the Host is that of the inner server
    const fields = { login: 'taro@infonia.ne.jp', password: portalPassword }
    const answer = await client.callAction(signIn, fields, behindProxy)
    assert.equal(actionStatus(answer), 'redirect')
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-session='))
    assert.match(cookie ?? '', /Secure/i)
    assert.match(cookie ?? '', /Path=\//)
    assert.doesNotMatch(cookie ?? '', /Domain=/i)
    assert.equal((await client.request('/home')).status, 200)
  })

  table.check('every cookie over https is of this host only', async () => {
    const named = (name: string) => builtActions().find((known) => known.name === name) ?? assert.fail(name)
    const behindProxy = { origin: 'https://mail.infonia.ne.jp' }
    const visitor = new WebClient(portal.url)
    const answers = [
      await visitor.request('/api/auth/csrf'),
      await visitor.callAction(named('chooseThemeAction'), { theme: 'dark' }, behindProxy),
      await visitor.callAction(named('issueCheckCodeAction'), {}, behindProxy),
      await visitor.callAction(named('beginPasskeySignInAction'), {}, behindProxy),
    ]
    const lines = answers.map(({ headers }) => headers.getSetCookie())
    for (const [index, cookies] of lines.entries()) {
      assert.ok(cookies.length > 0, `${index}`)
      for (const line of cookies) assert.match(line, /^__Host-(?=.*Secure)(?=.*HttpOnly)(?!.*Domain)/i)
    }
  })

  table.check('the certificate of the private authority is offered as one', async () => {
    const answer = await client.request('/ca.crt')
    assert.equal(answer.headers.get('content-type'), 'application/x-x509-ca-cert')
    assert.match(answer.body, /^-----BEGIN CERTIFICATE-----/)
  })

  table.check('a program that called without TLS is refused, not led on, whatever its token', async () => {
    const ask = (proto: string) =>
      client.request('/api/v1/customers', { headers: { authorization: 'Bearer x', 'x-forwarded-proto': proto } })
    assert.equal((await ask('https')).status, 401)
    const answer = await ask('http')
    assert.equal(answer.status, 403)
    assert.equal(answer.headers.get('location'), null)
    assert.match(answer.body, /TLS|https/)
  })

  table.check('TRACE is refused, and tells nothing back', async () => {
    const { WireClient } = await import('#tests/support/wire-client.ts')
    const wire = await WireClient.connect({ port: Number(new URL(portal.url).port) })
    wire.send('TRACE / HTTP/1.1\r\nHost: x\r\nCookie: session=canary\r\nConnection: close\r\n\r\n')
    const answer = await wire.rest()
    assert.match(answer, /^HTTP\/1\.1 405 /)
    assert.doesNotMatch(answer, /canary/)
  })

  const twoMeanings: Readonly<Record<string, string>> = {
    'a length and chunks': 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'two lengths': 'Content-Length: 0\r\nContent-Length: 20\r\n\r\n',
    'a length that is none': 'Content-Length: +5\r\n\r\nhello',
    'an encoding after chunks': 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'a blank before the colon': 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
    'a folded header': 'X: 1\r\n Transfer-Encoding: chunked\r\n\r\n',
    'a chunk with a sign': 'Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n',
  }
  for (const [what, rest] of Object.entries(twoMeanings)) {
    table.check(`a request that two servers would end at different places: ${what}`, async () => {
      const { WireClient } = await import('#tests/support/wire-client.ts')
      const wire = await WireClient.connect({ port: Number(new URL(portal.url).port) })
      const smuggled = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
      wire.send(`POST /sign-in HTTP/1.1\r\nHost: x\r\n${rest}${smuggled}`)
      const answer = await wire.rest()
      assert.match(answer, /^HTTP\/1\.1 400 /)
      assert.doesNotMatch(answer, /"status":"ok"/)
    })
  }

  table.check('health says ok', async () => {
    assert.deepEqual(JSON.parse((await client.request('/healthz')).body), { status: 'ok' })
  })
})
