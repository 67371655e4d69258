/** Webhooks: what is told, signed and tried again; and where none goes. */
import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Database, openDatabase } from '#lib/db/database.ts'
import { deliverWebhooks, retryDelaysSeconds } from '#lib/engine/webhooks/deliver-webhooks.ts'
import { postWebhook } from '#lib/engine/webhooks/post-webhook.ts'
import { defaultWebhookRules, mayReach } from '#lib/policy/webhook-rules.ts'
import { parseWebhookUrl } from '#lib/webhooks/webhook-url.ts'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'
import { matrix } from '#tests/support/matrix.ts'

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

const masterKey = randomBytes(32)
const trial = 'http://127.0.0.1:3000'
let fresh: FreshDatabase
let database: Database
let receiver: Server
let received: Received[] = []
let answer = 200
let setting: Awaited<ReturnType<typeof prepare>>

async function prepare() {
  fresh = await freshDatabase()
  const environment = { DATABASE_URL: fresh.url, MASTER_KEY: masterKey.toString('base64'), PORTAL_URL: trial }
  Object.assign(process.env, environment)
  database = openDatabase(fresh.url, 2)
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() })
      response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end('thanks')
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { addOperator, addSubscriber } = await import('#tests/support/people.ts')
  const { addEndpoint } = await import('#lib/webhooks/manage-endpoints.ts')
  const operator = await addOperator()
  const subscriber = await addSubscriber('taro', false)
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const { id, secret } = await addEndpoint(operator, {
    url,
    description: 'test',
    types: ['credential.revoke', 'mailbox.holdSending'],
  })
  return { operator, subscriber, endpointId: id, secret, url }
}

before(async () => {
  setting = await prepare()
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await database.close()
  await fresh.drop()
  receiver.close()
})
beforeEach(() => {
  received = []
  answer = 200
})

const reachable = { reachableNetworks: ['127.0.0.0/8'] }
const deliver = (rules = reachable) =>
  deliverWebhooks({ database, masterKey, portalUrl: trial, webhookRules: () => rules })
const statement = (text: string) =>
  database.query<{ id: string; state: string; attempts: number; lastProblem: string }>({ name: text, text }, [])
const outbox = () =>
  statement(`SELECT id, state, attempts, last_problem AS "lastProblem" FROM webhook_deliveries ORDER BY created_at`)
const makeDue = () =>
  statement(`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '1 second' WHERE state = 'waiting'`)

/** A change that the endpoint wants to hear of. */
async function change(): Promise<string> {
  const { issueCredential, revokeCredential } = await import('#lib/accounts/index.ts')
  const { actor, id: mailboxId } = setting.subscriber
  const order = { mailboxId, label: 'x', clientId: null, scopes: ['pop' as const], expiresAt: null }
  const { credential } = await issueCredential(actor, order)
  await revokeCredential(actor, { credentialId: credential.id })
  await makeDue()
  return credential.id
}

/** As Standard Webhooks has the receiver check it. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  const age = Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp']))
  return headers['webhook-signature'] === expected && age < 300
}

describe('a webhook', () => {
  it('tells what was changed, signed, once, and nothing that is secret', async () => {
    const credentialId = await change()
    await deliver()
    assert.equal(received.length, 1)
    const [only] = received
    assert.ok(only && isSigned(only, setting.secret))
    assert.ok(!isSigned({ ...only, body: only.body.replace('x', 'y') }, setting.secret))
    const told = JSON.parse(only.body)
    assert.equal(told.type, 'credential.revoke')
    assert.deepEqual(told.data, {
      subject: `credential:${credentialId}`,
      mailboxId: setting.subscriber.id,
      details: { label: 'x' },
    })
    await makeDue()
    await deliver()
    assert.equal(received.length, 1)
  })

  it('tells what the engine saw, each event once, and never with whom somebody writes', async () => {
    const { addEndpoint, endpointInput, removeEndpoint } = await import('#lib/webhooks/manage-endpoints.ts')
    const { announceEvents } = await import('#lib/engine/webhooks/announce-events.ts')
    const put = (reason: string, age: number) =>
      database.query(
        {
          name: 'put-event',
          text: `INSERT INTO protocol_events (at, session_id, kind, listener, address, reason, detail, transcript)
            VALUES (now() - make_interval(secs => $2), gen_random_uuid(), 'refusal', 'smtp', '192.0.2.1', $1,
              'dear.friend@elsewhere.test', '{"C: RCPT TO:<dear.friend@elsewhere.test>"}')`,
        },
        [reason, age],
      )
    await put('badCredentials', 60)
    const order = { url: setting.url, description: 'events', types: ['events.recorded' as const] }
    const { id: endpointId } = await addEndpoint(setting.operator, order)
    await put('relayWindowMissing', 60)
    await put('senderNotOwned', 0)
    await announceEvents(database)
    await announceEvents(database)
    await makeDue()
    await deliver()
    const events = received.flatMap(({ body }) => JSON.parse(body).data.events)
    assert.deepEqual(
      events.map(({ reason, outcome, address }) => [reason, outcome, address]),
      [['relayWindowMissing', 'refused', '192.0.2.1']],
    )
    assert.doesNotMatch(JSON.stringify(received), /dear\.friend/)
    await removeEndpoint(setting.operator, endpointInput.parse({ endpointId }))
  })

  it('is not sent for a change that did not come about', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { appendAudit } = await import('#lib/audit/append-audit.ts')
    const entry = { actorId: null, action: 'credential.revoke', subject: 'x', mailboxId: null, reason: '', details: {} }
    const before = (await outbox()).length
    await assert.rejects(
      prisma().$transaction(async (transaction) => {
        await appendAudit(transaction, entry)
        throw new Error('changed my mind')
      }),
    )
    assert.equal((await outbox()).length, before)
  })

  it('tells what the engine did too, and not what nobody asked for', async () => {
    const { appendSystemAudit } = await import('#lib/audit/append-system-audit.ts')
    const of = (action: string) => ({ action, subject: 'mailbox:1', mailboxId: 1, reason: '', details: {} })
    await database.transaction((transaction) => appendSystemAudit(transaction, of('mailbox.holdSending')))
    await database.transaction((transaction) => appendSystemAudit(transaction, of('mailbox.releaseSending')))
    await makeDue()
    await deliver()
    assert.deepEqual(
      received.map(({ body }) => JSON.parse(body).type),
      ['mailbox.holdSending'],
    )
  })

  it('is tried again with the same id, later each time, and is dead in the end; an operator sends it again', async () => {
    answer = 500
    await change()
    for (let tries = 0; tries <= retryDelaysSeconds.length + 1; tries += 1) {
      await deliver()
      await makeDue()
    }
    assert.equal(received.length, retryDelaysSeconds.length + 1)
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1)
    const dead = (await outbox()).at(-1)
    assert.equal(dead?.state, 'dead')
    answer = 204
    const { redeliver } = await import('#lib/webhooks/deliveries.ts')
    await redeliver(setting.operator, { deliveryId: dead?.id ?? '' })
    await makeDue()
    await deliver()
    assert.equal((await outbox()).at(-1)?.state, 'delivered')
  })

  it('follows no redirect', async () => {
    answer = 307
    await change()
    await deliver()
    const last = (await outbox()).at(-1)
    assert.deepEqual([last?.state, last?.attempts, received.length], ['waiting', 1, 1])
    await statement(`UPDATE webhook_deliveries SET state = 'dead' WHERE state = 'waiting'`)
  })

  it('is taken by one worker alone', async () => {
    await change()
    await Promise.all([deliver(), deliver(), deliver()])
    assert.equal(received.length, 1)
  })

  it('goes to no address of our own unless the policy says so', async () => {
    await change()
    await deliver(defaultWebhookRules)
    assert.equal(received.length, 0)
    assert.match((await outbox()).at(-1)?.lastProblem ?? '', /may not reach/)
    await statement(`UPDATE webhook_deliveries SET state = 'dead' WHERE state = 'waiting'`)
  })

  it('whose secret cannot be opened is tried again like any other', async () => {
    await change()
    const other = { database, masterKey: randomBytes(32), portalUrl: trial, webhookRules: () => reachable }
    await deliverWebhooks(other)
    const last = (await outbox()).at(-1)
    assert.deepEqual([last?.state, last?.attempts, received.length], ['waiting', 1, 0])
    assert.match(last?.lastProblem ?? '', /another master key/)
    await statement(`UPDATE webhook_deliveries SET state = 'dead' WHERE state = 'waiting'`)
  })

  it('keeps its secret sealed, and lists no bodies', async () => {
    const rows = await statement('SELECT * FROM webhook_endpoints')
    const { listDeliveries } = await import('#lib/webhooks/deliveries.ts')
    const key = Buffer.from(setting.secret.replace(/^whsec_/, ''), 'base64')
    const sealed = (rows[0] as unknown as { sealed_secret: Buffer }).sealed_secret
    assert.ok(!sealed.includes(key) && !sealed.includes(setting.secret))
    assert.doesNotMatch(JSON.stringify(await listDeliveries(setting.operator)), /"body"/)
  })

  it('is the business of operators in person', async () => {
    const { addEndpoint, listEndpoints } = await import('#lib/webhooks/manage-endpoints.ts')
    const input = { url: 'https://example.net', description: 'x', types: ['policy.save' as const] }
    await assert.rejects(addEndpoint(setting.subscriber.actor, input), { code: 'forbidden' })
    await assert.rejects(listEndpoints({ ...setting.operator, apiScopes: ['audit:read'] }), { code: 'forbidden' })
  })

  it('stops when its endpoint is removed', async () => {
    const { removeEndpoint } = await import('#lib/webhooks/manage-endpoints.ts')
    await change()
    await removeEndpoint(setting.operator, { endpointId: setting.endpointId })
    await makeDue()
    await deliver()
    assert.equal(received.length, 0)
  })
})

describe('where a webhook does not go', () => {
  const figure = matrix('webhook-targets', 'Ways to send a webhook into the own network: none got there')
  const addresses = [
    ...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '240.0.0.1', '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:0:7f00:1::',
    ],
  ]
  for (const address of addresses) {
    figure.check(`${address}, written out or behind a name`, async () => {
      assert.equal(mayReach(address, defaultWebhookRules), false)
      const post = { headers: {}, body: '', mayReach: (to: string) => mayReach(to, defaultWebhookRules) }
      const literal = address.includes(':') ? `[${address}]` : address
      const written = await postWebhook({ ...post, url: new URL(`http://${literal}/`) })
      const named = await postWebhook({ ...post, url: new URL('http://rebind.test/') }, async () => [address])
      const second = await postWebhook({ ...post, url: new URL('http://rebind.test/') }, async () => [
        '192.0.2.1',
        address,
      ])
      for (const { status, problem } of [written, named, second]) {
        assert.equal(status, null)
        assert.match(problem ?? '', /may not reach/)
      }
    })
  }

  for (const text of [
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://①②⑦.0.0.1/',
  ]) {
    figure.check(`${text}, another way to write the loopback`, async () => {
      const mayReachIt = (to: string) => mayReach(to, defaultWebhookRules)
      const { status, problem } = await postWebhook({ url: new URL(text), headers: {}, body: '', mayReach: mayReachIt })
      assert.equal(status, null)
      assert.match(problem ?? '', /may not reach/)
    })
  }

  const urls: readonly [string, string, boolean][] = [
    ['https://example.net/hook', 'https://mail.example', true],
    ['http://example.net/hook', 'https://mail.example', false],
    ['http://example.net/hook', trial, true],
    ['https://user:pass@example.net/', trial, false],
    ['ftp://example.net/', trial, false],
    ['file:///etc/passwd', trial, false],
    ['gopher://example.net/', trial, false],
    ['example.net', trial, false],
    [`https://example.net/${'x'.repeat(600)}`, trial, false],
  ]
  for (const [text, portalUrl, isGood] of urls) {
    figure.check(`${text.slice(0, 60)} at ${portalUrl}: ${isGood ? 'may' : 'may not'} be an endpoint`, async () => {
      assert.equal(parseWebhookUrl(text, portalUrl) !== null, isGood)
    })
  }
})
