/** What no form of ours sends: objects for strings, names that JavaScript knows, floods, and text that wants to be markup. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { after, before, describe } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { portalLog, startPortal, type TestPortal } from '#tests/support/portal.ts'
import { type ActionReference, type Answer, actionStatus, builtActions, WebClient } from '#tests/support/web-client.ts'

const taro = 'taro@infonia.ne.jp'

let portal: TestPortal
let client: WebClient
let mailbox: { id: number; credentialId: string }
let logStart = 0

before(async () => {
  logStart = statSync(portalLog, { throwIfNoEntry: false })?.size ?? 0
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { subscriber } = await addEverybody()
  mailbox = { id: subscriber.id, credentialId: subscriber.credential.id }
  client = new WebClient(portal.url)
  await client.signIn(taro, portalPassword)
})

after(() => portal.stop())

function action(name: string): ActionReference {
  const found = builtActions().find((known) => known.name === name)
  assert.ok(found, name)
  return found
}

const rename = (fields: Record<string, string | readonly string[]>) =>
  client.callAction(action('renameCredentialAction'), { credentialId: mailbox.credentialId, ...fields })

async function labelNow(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  return (await prisma().credential.findUniqueOrThrow({ where: { id: mailbox.credentialId } })).label
}

async function isUntouched(answer: Answer): Promise<void> {
  assert.notEqual(actionStatus(answer), 'done')
  assert.equal(await labelNow(), 'test')
  assert.equal((await new WebClient(portal.url).request('/healthz')).status, 200)
}

function signInWith(body: BodyInit, type: string): Promise<Answer> {
  const headers = { origin: portal.url, 'content-type': type }
  return new WebClient(portal.url).request('/api/auth/callback/credentials', { method: 'POST', headers, body })
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

describe('hostile input', () => {
  const table = matrix(
    'hostile-input',
    'Input that no form sends and that was obeyed, believed or broke something: none',
  )

  for (const login of [{ not: '' }, { contains: '@' }, [taro], { $ne: null }]) {
    table.check(`a filter where a login belongs: ${JSON.stringify(login)}`, async () => {
      const answer = await signInWith(
        JSON.stringify({ login, password: { not: '' }, json: 'true' }),
        'application/json',
      )
      assert.equal(
        answer.headers.getSetCookie().some((line) => line.startsWith('session=')),
        false,
      )
    })
  }

  for (const credentialId of [{ not: '' }, ['x'], { toString: 'x' }]) {
    table.check(`a filter where an id belongs: ${JSON.stringify(credentialId)}`, async () => {
      const { id, page } = action('renameCredentialAction')
      const headers = { origin: portal.url, accept: 'text/x-component', 'next-action': id }
      const body = JSON.stringify([{ status: 'idle' }, { credentialId, label: 'stolen' }])
      await isUntouched(await client.request(page, { method: 'POST', headers, body }))
    })
  }

  table.check('a list where one text belongs', async () => isUntouched(await rename({ 'label[]': ['a', 'b'] })))

  for (const name of ['__proto__', 'constructor', '__proto__.role', 'constructor.prototype.role']) {
    table.check(`a field called ${name}`, async () => {
      await rename({ [name]: 'OPERATOR', label: 'test' })
      assert.equal((await client.request('/operator/policy')).status, 404)
      assert.equal(Object.hasOwn(Object.prototype, 'role'), false)
    })
  }

  for (const [name, value] of Object.entries({ role: 'OPERATOR', customerId: crypto.randomUUID(), mailboxId: '1' })) {
    table.check(`a field more than the form has: ${name}`, async () => {
      await rename({ [name]: value, label: 'test' })
      const { prisma } = await import('#lib/db/prisma.ts')
      const { role } = await prisma().portalAccount.findUniqueOrThrow({ where: { login: taro } })
      const { mailboxId } = await prisma().credential.findUniqueOrThrow({ where: { id: mailbox.credentialId } })
      assert.deepEqual([role, mailboxId], ['SUBSCRIBER', mailbox.id])
    })
  }

  table.check('a form of a megabyte', async () => isUntouched(await rename({ label: 'x'.repeat(1_000_000) })))
  table.check('ten thousand fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 'x']))
    const answer = await rename({ ...many, label: '' })
    await isUntouched(answer)
  })
  table.check('recipes ten thousand levels deep', async () => {
    const fields = { mailboxId: String(mailbox.id), basedOn: '0', recipes: nested(10_000) }
    await isUntouched(await client.callAction(action('saveRecipesAction'), fields))
  })
  for (const label of ['a\r\nb', 'a\u2028b', 'a\0b', '\u202eabc\u0007', '', ' ', 'x'.repeat(61)]) {
    table.check(`a name that is no line: ${JSON.stringify(label).slice(0, 20)}`, async () =>
      isUntouched(await rename({ label })),
    )
  }
  for (const label of [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "';alert(1)//",
    `{{7*7}}\${7*7}`,
  ]) {
    table.check(`markup as a name: ${label}`, async () => {
      assert.equal(actionStatus(await rename({ label })), 'done')
      const { body } = await client.request('/credentials')
      await rename({ label: 'test' })
      assert.ok(!/<img src=x|<script>alert|>49</.test(body))
      assert.ok(
        body.includes(label.slice(0, 1) === '<' ? '&lt;img' : 'alert') || body.includes('7*7'),
        'it is shown as text',
      )
    })
  }
  table.check('a refusal leaves a line in the log: for want of permission, and of what no form sends', async () => {
    const answer = await client.callAction(action('flushDomainAction'), { domain: 'elsewhere.test' })
    assert.equal(actionStatus(answer), 'refused')
    assert.equal(actionStatus(await rename({ label: 'planted\nline' })), 'refused')
    const log = readFileSync(portalLog).subarray(logStart).toString()
    assert.match(log, /portal refusal: .*"forbidden","about":\["SUBSCRIBER for queue\.change"\]/)
    assert.match(log, /portal refusal: .*"invalid_input","about":\["label"\]/)
    assert.ok(!log.includes('planted'))
  })
  table.check('a sign-in leaves a line in the log, right or wrong, without the name', async () => {
    const login = 'taro@infonia.ne.jp'
    for (const password of [portalPassword, 'x']) {
      await new WebClient(portal.url).callAction(action('signInAction'), { login, password })
    }
    const lines = readFileSync(portalLog).subarray(logStart).toString().split('\n')
    const records = lines.filter((line) => line.startsWith('portal sign-in: {'))
    for (const outcome of ['right', 'wrong']) {
      assert.ok(
        records.some((line) => line.includes(`"outcome":"${outcome}"`)),
        outcome,
      )
    }
    assert.ok(!records.some((line) => line.includes(login)))
  })
  table.check('a login that would forge a line of the log', async () => {
    const login = 'taro\r\n{"level":60,"msg":"forged line"}'
    await new WebClient(portal.url).callAction(action('signInAction'), { login, password: 'x' })
    assert.ok(!readFileSync(portalLog).subarray(logStart).includes('forged line'))
  })
  table.check('lines for the log that anybody may send to next-auth', async () => {
    const headers = { origin: portal.url, 'content-type': 'application/json' }
    const body = JSON.stringify({ level: 'error', code: 'x\nforged by _log', message: 'x' })
    const answer = await new WebClient(portal.url).request('/api/auth/_log', { method: 'POST', headers, body })
    assert.equal(answer.status, 404)
    assert.ok(!readFileSync(portalLog).subarray(logStart).includes('forged by _log'))
  })

  table.check('a login with NUL in it', async () => {
    const login = 'taro\0@infonia.ne.jp'
    const answer = await new WebClient(portal.url).callAction(action('signInAction'), { login, password: 'x' })
    assert.match(answer.body, /"code":"invalid_input"/)
  })

  for (const callbackUrl of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '/\\evil.example']) {
    table.check(`next-auth asked to lead to ${callbackUrl}`, async () => {
      const visitor = new WebClient(portal.url)
      const { csrfToken } = JSON.parse((await visitor.request('/api/auth/csrf')).body) as { csrfToken: string }
      const fields = { csrfToken, login: taro, password: portalPassword, json: 'true', callbackUrl }
      const headers = { origin: portal.url, 'content-type': 'application/x-www-form-urlencoded' }
      const body = new URLSearchParams(fields)
      const answer = await visitor.request('/api/auth/callback/credentials', { method: 'POST', headers, body })
      const { url } = JSON.parse(answer.body) as { url: string }
      assert.equal(new URL(url).origin, portal.url)
    })
  }
  for (const query of ['kind[not]=x', 'before=9e999', `before=${'9'.repeat(400)}`, 'before=%00', 'kind=%27%3B--']) {
    table.check(`/api/activity?${query.slice(0, 30)}`, async () => {
      const { status, body } = await client.request(`/api/activity?${query}`)
      assert.ok([200, 400].includes(status), `${status} ${body}`)
      assert.doesNotMatch(body, /prisma|stack|node_modules/i)
    })
  }
})
