import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { signInStaff } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { pathOf, WebClient } from '#tests/support/web-client.ts'
import { hasPasskey, routeAccess, routesOfNextAuth, type VisitorName, visitors } from './access-table.ts'

const everyRoute = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?:^|\/)(?:page\.tsx|route\.tsx?)$/.test(file))
  .map((file) => pathOf(`app/${file}`))

let portal: TestPortal
const clients = {} as Record<VisitorName, WebClient>
let customerId: string
let samples: Record<string, string>

before(async () => {
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { makeSetUpLink } = await import('#lib/accounts/index.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  const { subscriber } = await addEverybody()
  await addQueuedMessage(subscriber, [{ address: 'dear.friend@elsewhere.test' }])
  customerId = subscriber.actor.customerId
  for (const visitor of visitors) clients[visitor] = await enter(visitor)
  const { id: credentialId } = subscriber.credential
  const { token } = await makeSetUpLink(subscriber.actor, { credentialId })
  samples = {
    '[token]': token,
    '[credentialId]': credentialId,
    '[client]': 'thunderbird',
    '[method]': 'smtp-auth',
    '[code]': 'A1',
    '[address]': 'taro@infonia.ne.jp',
    '[customerId]': customerId,
    '[id]': await addPublicAnnouncement(),
    '[language]': 'ja',
  }
  await openCustomerPage()
})

after(() => portal.stop())

async function enter(visitor: VisitorName): Promise<WebClient> {
  const client = new WebClient(portal.url)
  if (visitor === 'anonymous') return client
  if (hasPasskey(visitor)) await signInStaff(client, logins[visitor])
  else await client.signIn(logins[visitor], portalPassword)
  return client
}

/** The agent has a reason, so that the one who may open the page can. */
async function openCustomerPage(): Promise<void> {
  const { openCustomer } = await import('#lib/support/open-customer.ts')
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id } = await prisma().portalAccount.findUniqueOrThrow({ where: { login: 'agent' } })
  const actor = { accountId: id, role: 'SUPPORT_AGENT' as const, customerId: null }
  await openCustomer(actor, { customerId, reason: 'case 1' })
}

const queries: Readonly<Record<string, string>> = {
  '/autodiscover/autodiscover.json': '?Protocol=AutodiscoverV1',
  '/autodiscover/autodiscover.json/v1.0/[address]': '?Protocol=AutodiscoverV1',
  '/api/policy': '?version=0',
  '/api/move/losses': '?at=2026-12-01T00:00',
  '/api/migration/report': '?batch=01a21fba-98c8-74ac-ab0d-a3c3f3a2e010',
  '/api/audit': '?from=2026-01-01T00:00&to=2126-01-01T00:00',
}

function sampleOf(route: string): string {
  if (route === '/[...rest]') return '/no/such/page'
  return `${samplePath(route)}${queries[route] ?? ''}`
}

function samplePath(route: string): string {
  return route.replaceAll(/\[[a-zA-Z]+\]/g, (name) => samples[name] ?? name)
}

/** The ways in which the same page can be asked for; each must give the same answer to a stranger. */
type Variant = { name: string; path: (path: string) => string; headers: Record<string, string> }

const variants: readonly Variant[] = [
  { name: 'page', path: (path: string) => path, headers: {} },
  { name: 'english page', path: (path: string) => (path.startsWith('/api') ? path : `/en${path}`), headers: {} },
  { name: 'RSC', path: (path: string) => path, headers: { rsc: '1' } },
  { name: '_rsc query', path: (path: string) => `${path}?_rsc=abcde`, headers: { rsc: '1' } },
  { name: 'prefetch', path: (path: string) => path, headers: { rsc: '1', 'next-router-prefetch': '1' } },
  {
    name: 'internal header',
    path: (path: string) => path,
    headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  },
  { name: 'encoded slash', path: (path: string) => path.replace(/\/(?=[^/]+$)/, '/%2e/'), headers: {} },
  { name: 'other host', path: (path: string) => path, headers: { 'x-forwarded-host': 'evil.example' } },
]

describe('routes', () => {
  test('every route has a line in the access table', () => {
    const listed = [...Object.keys(routeAccess), ...routesOfNextAuth].sort()
    assert.deepEqual([...everyRoute].sort(), listed)
  })

  const reached = matrix('access-routes', 'Routes of the portal that a role without the permission could reach: none')
  for (const [route, permitted] of Object.entries(routeAccess)) {
    const others = visitors.filter((name) => !permitted.includes(name))
    const isPublic = others.length === 0
    reached.check(
      `${route}: ${isPublic ? 'everybody' : permitted.join(', ')} and nobody else, however it is asked for`,
      async () => {
        for (const visitor of visitors) {
          const { status } = await clients[visitor].request(sampleOf(route))
          const isReached = status === 200 || (isPublic && status < 400)
          assert.equal(isReached, permitted.includes(visitor), `${visitor}: ${status}`)
        }
        for (const visitor of others) {
          for (const variant of variants) {
            const answer = await clients[visitor].request(variant.path(sampleOf(route)), { headers: variant.headers })
            assert.ok(answer.status >= 300 && !showsData(answer.body), `${visitor}, ${variant.name}: ${answer.status}`)
          }
        }
      },
      visitors.length + others.length * variants.length,
    )
  }

  test('with whom a subscriber corresponds is shown to that subscriber alone', async () => {
    const everywhere = Object.keys(routeAccess).map(sampleOf)
    const shown: string[] = []
    for (const visitor of visitors) {
      for (const path of everywhere) {
        const { body } = await clients[visitor].request(path)
        if (body.includes('dear.friend')) shown.push(`${visitor} ${path}`)
      }
    }
    assert.deepEqual(shown.sort(), ['subscriber /api/sent', 'subscriber /sent'])
    assert.match((await clients.operator.request('/api/queue')).body, /d•••@elsewhere\.test/)
  })
})

/** Of the subscriber: an address, a credential's name, a policy's field, a correspondent's domain. */
function showsData(body: string): boolean {
  return /taro-[a-z0-9]{4}|hanako-[a-z0-9]{4}|maxRecipientsPerHour|T-taro|elsewhere\.test/.test(body)
}
