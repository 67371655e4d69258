/** Where a domain's MTA-STS policy comes from, how long it rules, and who cannot take it away. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { after, before, beforeEach, test } from 'node:test'
import { type DomainPolicyParts, openDomainPolicies } from '#lib/engine/delivery/tls-policy/domain-policies.ts'
import { mtaStsPolicy, mtaStsRecordText } from '#lib/published-dns/mta-sts-policy.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { routeTo } from '#tests/support/relay.ts'
import { makeTestAuthority } from '#tests/support/test-authority.ts'

const domain = 'remote.test'
const enforce = 'version: STSv1\r\nmode: enforce\r\nmx: mx.remote.test\r\nmx: *.backup.test\r\nmax_age: 86400\r\n'
const enforced = { mode: 'enforce', mx: ['mx.remote.test', '*.backup.test'] }
const none = { mode: 'none', mx: [] }

let rig: DeliveryRig
let server: Server
let requests: number
let records: () => Promise<readonly string[]>
let serve: (response: ServerResponse, request: IncomingMessage) => void
let failures: string[]

before(async () => {
  rig = await openDeliveryRig()
  const trusted = await makeTestAuthority({ isTrusted: true })
  server = createServer(await trusted.issue([`mta-sts.${domain}`]), (request, response) => {
    requests += 1
    serve(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(async () => {
  await rig.query('DELETE FROM mta_sts_policies')
  requests = 0
  failures = []
  records = async () => ['v=STSv1; id=1;']
  serve = answer(enforce)
})
after(async () => {
  server.close()
  await rig.close()
})

const answer =
  (text: string, { status = 200, type = 'text/plain', ...headers }: Record<string, string | number> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(Number(status), { 'content-type': String(type), ...headers }).end(text)
  }

/** A process that has just started asks. */
async function ask(name = domain, change: Partial<DomainPolicyParts> = {}) {
  const address = server.address()
  const policies = openDomainPolicies({
    database: rig.database,
    resolver: { ...routeTo(0).resolver, texts: () => records() },
    mayConnectTo: () => true,
    policyPort: typeof address === 'object' ? (address?.port ?? 0) : 0,
    onFailure: (_domain, failure) => failures.push(failure),
    ...change,
  })
  const { mode, mx } = await policies(name)
  return { mode, mx: [...mx] }
}

test('a policy is fetched once and rules until its id changes', async () => {
  serve = (response, request) => {
    assert.equal(request.url, '/.well-known/mta-sts.txt')
    assert.equal(request.headers.host?.split(':')[0], `mta-sts.${domain}`)
    answer(enforce)(response)
  }
  assert.deepEqual(await ask(), enforced)
  assert.deepEqual(await ask(), enforced)
  assert.equal(requests, 1)
  records = async () => ['v=STSv1; id=2;']
  serve = answer(enforce.replace('enforce', 'testing'))
  assert.deepEqual(await ask(), { ...enforced, mode: 'testing' })
  assert.deepEqual(await ask(), { ...enforced, mode: 'testing' })
  assert.equal(requests, 2)
})

test('the policy and the record that we publish ourselves are ones that we would follow', async () => {
  const own = mtaStsPolicy('enforce', 'mx.remote.test')
  records = async () => [mtaStsRecordText(own)]
  serve = answer(own)
  assert.deepEqual(await ask(), { mode: 'enforce', mx: ['mx.remote.test'] })
  assert.deepEqual(failures, [])
})

test('a domain without a record has no policy and is not asked for one', async () => {
  for (const texts of [[], ['v=spf1 -all'], ['v=STSv1; id=1;', 'v=STSv1; id=2;'], ['v=STSv1;']]) {
    records = async () => texts
    assert.deepEqual(await ask(), none)
  }
  assert.equal(requests, 0)
})

test('whoever cuts us off from DNS or the policy host does not switch a valid policy off', async () => {
  await ask()
  records = () => Promise.reject(new Error('queryTxt ETIMEOUT'))
  assert.deepEqual(await ask(), enforced)
  records = async () => []
  assert.deepEqual(await ask(), enforced)
  records = async () => ['v=STSv1; id=2;']
  serve = (response) => response.destroy()
  assert.deepEqual(await ask(), enforced)
  assert.deepEqual(failures, ['sts-policy-fetch-error'])
  await rig.query(`UPDATE mta_sts_policies SET expires_at = now() - interval '1 second'`)
  assert.deepEqual(await ask(), none, 'but no longer than it said itself')
})

const refused: Record<string, { failure: string; serve: typeof serve }> = {
  'a redirect': { failure: 'sts-policy-fetch-error', serve: answer('', { status: 302, location: '/other' }) },
  'an error page': { failure: 'sts-policy-fetch-error', serve: answer(enforce, { status: 500 }) },
  'another type of content': { failure: 'sts-policy-fetch-error', serve: answer(enforce, { type: 'text/html' }) },
  'a text without end': { failure: 'sts-policy-fetch-error', serve: answer(enforce + 'x: y\r\n'.repeat(20_000)) },
  'another version': { failure: 'sts-policy-invalid', serve: answer(enforce.replace('STSv1', 'STSv2')) },
  'no mail host': { failure: 'sts-policy-invalid', serve: answer('version: STSv1\nmode: enforce\nmax_age: 10\n') },
}

for (const [name, { failure, serve: served }] of Object.entries(refused)) {
  test(`is no policy, and is counted: ${name}`, async () => {
    serve = served
    assert.deepEqual(await ask(), none)
    assert.deepEqual(failures, [failure])
  })
}

test('a policy host with a certificate for another name is not believed', async () => {
  assert.deepEqual(await ask('other.test'), none)
  assert.deepEqual(failures, ['sts-webpki-invalid'])
  assert.equal(requests, 0)
})

test('nobody makes us ask hosts of the inner network', async () => {
  assert.deepEqual(await ask(domain, { mayConnectTo: () => false }), none)
  assert.deepEqual(failures, ['sts-policy-fetch-error'])
  assert.equal(requests, 0)
})
