/** The HTTP API as programs meet it: tokens, scopes, pages, keys, problems, and its description. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiScope, apiScopes } from '#lib/accounts/api-scopes.ts'
import { openApiDocument } from '#lib/api/openapi.ts'
import type { Operation } from '#lib/api/operation.ts'
import { operations } from '#lib/api/operations/all.ts'
import { newApiToken } from '#lib/api-tokens/token.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { WebClient } from '#tests/support/web-client.ts'

let portal: TestPortal
let setting: Awaited<ReturnType<typeof prepare>>

async function prepare() {
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { addDraft } = await import('#tests/support/announcement.ts')
  const people = await addEverybody()
  return { ...people, announcementId: await addDraft(), all: await tokenOf(people.operator, apiScopes) }
}

async function tokenOf(actor: { accountId: string; role: 'OPERATOR'; customerId: null }, scopes: readonly ApiScope[]) {
  const { createApiToken } = await import('#lib/api-tokens/manage-tokens.ts')
  return (await createApiToken(actor, { name: 'test', scopes: [...scopes], days: 1 })).token
}

before(async () => {
  portal = await startPortal()
  setting = await prepare()
})
after(() => portal.stop())

type Asked = { readonly token?: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

async function ask(method: string, path: string, { token, body, headers = {} }: Asked = {}) {
  const response = await fetch(`${portal.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) }
}

/** Right in form for every operation, and naming things that are there. */
function sampleOf({ id, path }: Operation): { path: string; body?: unknown } {
  const { subscriber, announcementId } = setting
  const given: Record<string, string> = {
    customerId: subscriber.actor.customerId,
    mailboxId: String(subscriber.id),
    credentialId: subscriber.credential.id,
    id: announcementId,
    version: '0',
  }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => given[name] ?? name)
  const number = String(Math.random()).slice(2, 12)
  const bodies: Record<string, unknown> = {
    createCustomer: { contractNumber: `N-${number}`, name: '新規', nameKana: 'シンキ', phone: '03-1234-5678' },
    createMailbox: { customerId: given.customerId, address: `m${number}@infonia.ne.jp`, displayName: 'New' },
    suspendMailbox: { reason: 'case 1', textJa: '確認のため', textEn: 'for a check' },
    resumeMailbox: { reason: 'case 2' },
    issueCredential: { label: 'api', scopes: ['pop'] },
    revokeCredential: { reason: 'case 3' },
    createAnnouncement: { note: 'test', document: announcementDocument },
    publishAnnouncement: {},
    withdrawAnnouncement: { reason: 'case 4' },
    putPolicy: { document: defaultPolicy, note: 'from the API', basedOn: 0 },
    moveRollout: { to: 'returned' },
  }
  const query = id === 'listAffected' ? '?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z' : ''
  return { path: `${filled}${query}`, ...(id in bodies ? { body: bodies[id] } : {}) }
}

const words = { title: 'x', lead: '', reason: '', affected: '', unaffected: '', remarks: [], body: '' }
const announcementDocument = {
  ...{ kind: 'information', audience: 'all', domain: '', startsAt: null, endsAt: null, hosts: [], links: [] },
  ja: words,
  en: words,
}

describe('who may ask for what', () => {
  const figure = matrix('api-access', 'Operations of the API asked for without the right to: none was done')
  const revoked = async () => {
    const { listApiTokens, revokeApiToken } = await import('#lib/api-tokens/manage-tokens.ts')
    const token = await tokenOf(setting.operator, apiScopes)
    const [newest] = await listApiTokens(setting.operator)
    await revokeApiToken(setting.operator, { tokenId: newest?.id ?? '' })
    return token
  }
  const expired = async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { apiTokenHash } = await import('#lib/api-tokens/token.ts')
    const token = await tokenOf(setting.operator, apiScopes)
    const tokenHash = apiTokenHash(token) ?? new Uint8Array()
    await prisma().apiToken.update({ where: { tokenHash }, data: { expiresAt: new Date(Date.now() - 1_000) } })
    return token
  }
  const former = async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { createPortalAccount } = await import('#lib/accounts/index.ts')
    const { accountId } = await prisma().$transaction((transaction) =>
      createPortalAccount(transaction, {
        ...{ login: 'former', password: portalPassword, role: 'OPERATOR', displayName: 'Former', customerId: null },
      }),
    )
    const token = await tokenOf({ accountId, role: 'OPERATOR', customerId: null }, apiScopes)
    await prisma().portalAccount.update({ where: { id: accountId }, data: { disabledAt: new Date() } })
    return token
  }
  const bad: Record<string, () => Promise<string>> = {
    'no token': async () => '',
    'an unknown token': async () => newApiToken(),
    'a revoked token': revoked,
    'an expired token': expired,
    'the token of a disabled operator': former,
    'something else': async () => 'x'.repeat(50),
  }
  for (const [name, make] of Object.entries(bad)) {
    figure.check(
      `${name} gets 401 everywhere, in the same words`,
      async () => {
        const token = await make()
        const answers = new Set<string>()
        for (const operation of operations) {
          const { path, body } = sampleOf(operation)
          const { status, json, headers } = await ask(operation.method, path, {
            token,
            body,
          })
          assert.equal(status, 401, `${operation.id}: ${JSON.stringify(json)}`)
          assert.equal(headers.get('www-authenticate'), 'Bearer')
          answers.add(JSON.stringify(json))
        }
        assert.equal(answers.size, 1)
      },
      operations.length,
    )
  }

  figure.check(
    'a token with every other scope gets 403',
    async () => {
      for (const operation of operations) {
        const token = await tokenOf(
          setting.operator,
          apiScopes.filter((scope) => scope !== operation.scope),
        )
        const { path, body } = sampleOf(operation)
        const { status, json } = await ask(operation.method, path, { token, body })
        assert.equal(status, 403, `${operation.id}: ${JSON.stringify(json)}`)
      }
    },
    operations.length,
  )

  it('a signed-in operator’s browser opens nothing', async () => {
    const browser = new WebClient(portal.url)
    await browser.signIn('operator', portalPassword)
    assert.equal((await browser.request('/api/v1/customers')).status, 401)
  })

  it('a token opens no page and no other room: its actor is refused wherever no scope is named', async () => {
    const { listQueue } = await import('#lib/delivery/list-queue.ts')
    const { listApiTokens } = await import('#lib/api-tokens/manage-tokens.ts')
    const program = { ...setting.operator, apiScopes }
    await assert.rejects(listApiTokens(program), { code: 'forbidden' })
    await assert.rejects(listQueue(program, { domain: '', show: 'all' } as never), { code: 'forbidden' })
  })
})

describe('what it does', () => {
  it('every operation works with its scope alone', async () => {
    const failed: string[] = []
    for (const operation of operations.filter(({ id }) => id !== 'moveRollout')) {
      const token = await tokenOf(setting.operator, [operation.scope])
      const { path, body } = sampleOf(operation)
      const { status, json } = await ask(operation.method, path, { token, body })
      if (status >= 300) failed.push(`${operation.id}: ${status} ${JSON.stringify(json)}`)
    }
    assert.deepEqual(failed, [])
  })

  it('an issued password works, is in the answer once, and a repeat with the same key issues no second one', async () => {
    const token = setting.all
    const path = `/mailboxes/${setting.stranger.id}/credentials`
    const request = { token, body: { label: 'once', scopes: ['pop'] }, headers: { 'idempotency-key': 'k-1' } }
    const [first, again] = [await ask('POST', path, request), await ask('POST', path, request)]
    assert.equal(first.status, 201)
    assert.match(first.json.password, /^[a-z0-9-]{34}$/)
    assert.deepEqual(again.json, { ...first.json, password: null })
    const { json } = await ask('GET', path, { token })
    assert.equal(json.items.filter(({ label }: { label: string }) => label === 'once').length, 1)
    assert.doesNotMatch(JSON.stringify(json), /verifier|scram|sealed|password/i)
    const other = await ask('POST', path, { ...request, body: { label: 'other', scopes: ['pop'] } })
    assert.equal(other.status, 422)
    const { prisma } = await import('#lib/db/prisma.ts')
    assert.doesNotMatch(JSON.stringify(await prisma().apiAnswer.findMany()), new RegExp(first.json.password))
  })

  it('many at once with one key do it once', async () => {
    const body = { contractNumber: 'ONCE-1', name: 'x', nameKana: 'x', phone: '03-1234-5678' }
    const request = { token: setting.all, body, headers: { 'idempotency-key': 'k-2' } }
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('POST', '/customers', request)))
    assert.ok(answers.every(({ status }) => status === 201 || status === 409))
    const { json } = await ask('GET', '/customers?contractNumber=ONCE-1', { token: setting.all })
    assert.equal(json.items.length, 1)
  })

  it('lists come in pages that meet without a gap', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`
      const { json } = await ask('GET', `/customers?limit=2${query}`, { token: setting.all })
      assert.ok(json.items.length <= 2)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      cursor = json.nextCursor
    }
    const { prisma } = await import('#lib/db/prisma.ts')
    const all = await prisma().customer.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
    assert.deepEqual(
      seen,
      all.map(({ id }) => id),
    )
  })

  it('every use is on record, with the token and its last use', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const count = () => prisma().auditRecord.count({ where: { action: 'api.request' } })
    const before = await count()
    await ask('GET', '/policy', { token: setting.all })
    assert.equal(await count(), before + 1)
    const { apiTokenHash } = await import('#lib/api-tokens/token.ts')
    const tokenHash = apiTokenHash(setting.all) ?? new Uint8Array()
    const { lastUsedAt, lastUsedAddress } = await prisma().apiToken.findUniqueOrThrow({ where: { tokenHash } })
    assert.ok(lastUsedAt)
    assert.equal(lastUsedAddress, '127.0.0.1')
  })

  it('events name nobody’s correspondents', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().protocolEvent.create({
      data: {
        ...{ at: new Date(), sessionId: crypto.randomUUID(), kind: 'refusal', listener: 'smtp', address: '192.0.2.1' },
        ...{ detail: 'dear.friend@elsewhere.test', transcript: ['C: RCPT TO:<dear.friend@elsewhere.test>'] },
      },
    })
    const { json } = await ask('GET', '/events', { token: setting.all })
    assert.ok(json.items.length > 0)
    assert.doesNotMatch(JSON.stringify(json), /dear\.friend/)
  })
})

describe('what it refuses', () => {
  type Case = readonly [name: string, method: string, path: string, asked: Asked, status: number]
  const cases: readonly Case[] = [
    ['an unknown place', 'GET', '/nothing', {}, 404],
    ['another method', 'PUT', '/customers', { body: {} }, 405],
    ['a method that nothing has', 'DELETE', '/customers', {}, 405],
    ['a body that is no JSON', 'POST', '/customers', { body: '{' }, 415],
    [
      'a form',
      'POST',
      '/customers',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['a field that is not known', 'POST', '/customers', { body: { colour: 'red' } }, 400],
    ['an id that is none', 'GET', '/customers/12', {}, 400],
    ['an id of nobody', 'GET', '/customers/00000000-0000-4000-8000-000000000000', {}, 404],
    ['a mailbox of nobody', 'GET', '/mailboxes/999999/credentials', {}, 404],
    ['a cursor that is none', 'GET', '/customers?cursor=zzz', {}, 400],
    ['too large a page', 'GET', '/customers?limit=1000', {}, 400],
    ['a body of two megabytes', 'POST', '/customers', { body: { name: 'x'.repeat(2_000_000) } }, 413],
    ['a key with spaces', 'POST', '/customers', { body: {}, headers: { 'idempotency-key': 'a b' } }, 400],
  ]
  for (const [name, method, path, asked, status] of cases) {
    it(name, async () => {
      const answer = await ask(method, path, { token: setting.all, ...asked })
      assert.equal(answer.status, status, JSON.stringify(answer.json))
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
      assert.equal(answer.json.status, status)
      assert.match(answer.json.type, /^\/api-reference#/)
    })
  }

  it('an address elsewhere, one that is taken, and a second contract of the same number', async () => {
    const { subscriber, all: token } = setting
    const mailbox = (address: string) => ({ customerId: subscriber.actor.customerId, address, displayName: 'x' })
    assert.equal((await ask('POST', '/mailboxes', { token, body: mailbox('a@gmail.com') })).status, 400)
    assert.equal((await ask('POST', '/mailboxes', { token, body: mailbox(subscriber.address) })).status, 409)
    const customer = { contractNumber: 'T-taro', name: 'x', nameKana: 'x', phone: '03-1234-5678' }
    await ask('POST', '/customers', { token, body: customer })
    assert.equal((await ask('POST', '/customers', { token, body: customer })).status, 409)
  })

  it('a wrong policy, naming the field', async () => {
    const document = { ...defaultPolicy, retention: { trashDays: -1, junkDays: 0 } }
    const body = { document, note: 'wrong', basedOn: 0 }
    const { status, json } = await ask('PUT', '/policy', { token: setting.all, body })
    assert.equal(status, 400)
    assert.deepEqual(
      json.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/document/retention/trashDays'],
    )
  })
})

describe('its description', () => {
  type Described = {
    readonly parameters: { name: string; in: string }[]
    readonly responses: object
    operationId: string
  }
  const document = openApiDocument('https://mail.example') as {
    openapi: string
    paths: Record<string, Record<string, Described>>
    components: { schemas: Record<string, unknown> }
  }
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  it('is OpenAPI 3.1 with every operation once, its path parameters and its answers', () => {
    assert.match(document.openapi, /^3\.1\.\d$/)
    assert.deepEqual(
      described.map(({ operation }) => operation.operationId).sort(),
      operations.map(({ id }) => id).sort(),
    )
    for (const { path, operation } of described) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
      const named = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      assert.deepEqual(named.sort(), inPath, path)
      assert.ok(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)))
      assert.ok('default' in operation.responses)
    }
  })

  it('every reference leads somewhere, and every object says what it has', () => {
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value)) {
        if (key === '$ref')
          assert.ok(String(inner).replace('#/components/schemas/', '') in document.components.schemas, path)
        if (key === 'schema')
          assert.ok(inner !== null && Object.keys(inner as object).length > 0, `${path} says nothing`)
        visit(inner, `${path}/${key}`)
      }
    }
    visit(document, '')
  })

  it('is served as it is made, to anybody', async () => {
    const response = await fetch(`${portal.url}/api/v1/openapi.json`)
    assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(openApiDocument(portal.url))))
  })
})
