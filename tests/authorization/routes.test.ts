import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { signInStaff } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { type Answer, pathOf, WebClient } from '#tests/support/web-client.ts'
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
    '[exportId]': await anExport(subscriber),
    '[mailboxId]': String(subscriber.id),
  }
  await openCustomerPage(subscriber.id)
  visits = await visitEverything()
})

after(() => portal.stop())

async function enter(visitor: VisitorName): Promise<WebClient> {
  const client = new WebClient(portal.url)
  if (visitor === 'anonymous') return client
  if (hasPasskey(visitor)) await signInStaff(client, logins[visitor])
  else await client.signIn(logins[visitor], portalPassword)
  return client
}

async function anExport({ id: mailboxId, actor }: { id: number; actor: { accountId: string } }): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const expiresAt = new Date(Date.now() + 600_000)
  const { accountId } = actor
  return (await prisma().accountExport.create({ data: { mailboxId, accountId, expiresAt } })).id
}

/** The agent has a reason and the owner's consent, so that the one who may open the pages can. */
async function openCustomerPage(mailboxId: number): Promise<void> {
  const { openCustomer } = await import('#lib/support/open-customer.ts')
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id } = await prisma().portalAccount.findUniqueOrThrow({ where: { login: 'agent' } })
  const actor = { accountId: id, role: 'SUPPORT_AGENT' as const, customerId: null }
  await openCustomer(actor, { customerId, reason: 'case 1' })
  const [askedAt, expiresAt] = [new Date(), new Date(Date.now() + 3_600_000)]
  const consent = { mailboxId, agentId: id, reason: 'case 1', askedAt, grantedAt: askedAt, expiresAt }
  await prisma().traceConsent.create({ data: consent })
}

const queries: Readonly<Record<string, string>> = {
  '/autodiscover/autodiscover.json': '?Protocol=AutodiscoverV1',
  '/autodiscover/autodiscover.json/v1.0/[address]': '?Protocol=AutodiscoverV1',
  '/api/policy': '?version=0',
  '/api/move/losses': '?at=2026-12-01T00:00',
  '/api/migration/report': '?batch=01a21fba-98c8-74ac-ab0d-a3c3f3a2e010',
  '/api/account-export': '?exportId=[exportId]',
  '/api/audit': '?from=2026-01-01T00:00&to=2126-01-01T00:00',
  '/api/audit/affected': '?from=2026-01-01T00:00&to=2126-01-01T00:00',
}

function sampleOf(route: string): string {
  if (route === '/[...rest]') return '/no/such/page'
  return samplePath(`${route}${queries[route] ?? ''}`)
}

function samplePath(route: string): string {
  return route.replaceAll(/\[[a-zA-Z]+\]/g, (name) => samples[name] ?? name)
}

type Visit = { readonly visitor: VisitorName; readonly route: string; readonly answer: Answer }
let visits: readonly Visit[]

const describeVisit = ({ visitor, route, answer }: Visit) => `${visitor} ${route}: ${answer.status}`

/** Everybody at every route, as a browser asks for it. */
async function visitEverything(): Promise<Visit[]> {
  const made: Visit[] = []
  for (const route of Object.keys(routeAccess)) {
    for (const visitor of visitors)
      made.push({ visitor, route, answer: await clients[visitor].request(sampleOf(route)) })
  }
  return made
}

/** The ways in which the same page can be asked for; each must give the same answer to a stranger. */
type Variant = {
  readonly name: string
  readonly path: (path: string) => string
  readonly headers: Readonly<Record<string, string>>
}

const variants: readonly Variant[] = [
  { name: 'english page', path: (path: string) => (path.startsWith('/api') ? path : `/en${path}`), headers: {} },
  { name: 'RSC', path: (path: string) => path, headers: { rsc: '1' } },
  { name: '_rsc query', path: (path: string) => `${path}?_rsc=abcde`, headers: { rsc: '1' } },
  { name: 'prefetch', path: (path: string) => path, headers: { rsc: '1', 'next-router-prefetch': '1' } },
  {
    name: 'internal header',
    path: (path: string) => path,
    headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  },
  {
    name: 'segment prefetch',
    path: (path: string) => path,
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  },
  { name: 'segment file', path: (path: string) => `${path}.segments/_tree.segment.rsc`, headers: { rsc: '1' } },
  { name: '.rsc', path: (path: string) => `${path}.rsc`, headers: {} },
  { name: 'data of old', path: (path: string) => `/_next/data/build${path}.json`, headers: { 'x-nextjs-data': '1' } },
  { name: 'japanese page', path: (path: string) => (path.startsWith('/api') ? path : `/ja${path}`), headers: {} },
  { name: 'encoded twice', path: (path: string) => path.replace(/[a-z](?=[^/]*$)/, doublyEncoded), headers: {} },
  {
    name: 'rewritten',
    path: () => '/',
    headers: { 'x-middleware-rewrite': '/operator/policy', 'x-invoke-path': '/home' },
  },
  { name: 'encoded slash', path: (path: string) => path.replace(/\/(?=[^/]+$)/, '/%2e/'), headers: {} },
  { name: 'other host', path: (path: string) => path, headers: { 'x-forwarded-host': 'evil.example' } },
]

/** Next answers these with 200 whatever they ask for, also a page that nobody has; what counts is what is in it. */
const answersAnything = new Set(['rewritten', '.rsc'])

function doublyEncoded(letter: string): string {
  return `%25${letter.charCodeAt(0).toString(16)}`
}

const isOpenTo = (route: string, visitor: VisitorName) => routeAccess[route]?.includes(visitor) ?? false
const isPublic = (route: string) => visitors.every((visitor) => isOpenTo(route, visitor))

/** What is asked for in this way and no other: not what is the same for every page, nor the page as it is. */
function attemptsAt({ path, headers }: Variant): { visitor: VisitorName; route: string }[] {
  const asked = new Set<string>()
  const routes = Object.keys(routeAccess).filter((route) => Object.keys(headers).length > 0 || path(route) !== route)
  const attempts = routes.flatMap((route) => visitors.map((visitor) => ({ visitor, route })))
  return attempts.filter(({ visitor, route }) => {
    const request = `${visitor} ${path(route)}`
    if (isOpenTo(route, visitor) || asked.has(request)) return false
    asked.add(request)
    return true
  })
}

describe('routes', () => {
  const access = matrix('access-routes', 'Pages and routes that let somebody in who is not permitted: none')
  const bypass = matrix('access-bypass', 'Odd ways of asking for a page that showed what is another’s: none')

  test('every route has a line in the access table', () => {
    const listed = [...Object.keys(routeAccess), ...routesOfNextAuth].sort()
    assert.deepEqual([...everyRoute].sort(), listed)
  })

  test('every answer that has a body says what it is, text with its alphabet', () => {
    const isNamed = ({ answer: { headers, body } }: Visit) => {
      const type = headers.get('content-type') ?? ''
      const isText = /^text\/|[/+]xml/.test(type)
      return body === '' || (/^[a-z]+\/[\w.+-]+/.test(type) && (!isText || /charset=utf-8/i.test(type)))
    }
    const unnamed = visits.filter((visit) => !isNamed(visit))
    assert.deepEqual(
      unnamed.map((visit) => `${describeVisit(visit)} ${visit.answer.headers.get('content-type')}`),
      [],
    )
  })

  const reachable = Object.keys(routeAccess).length * visitors.length
  access.check(
    `whoever may reach a route does, and nobody else: ${reachable} cells`,
    async () => {
      const unexpected = visits.filter(({ visitor, route, answer: { status, body } }) => {
        const isOpen = isOpenTo(route, visitor)
        const reached = status === 200 || (isPublic(route) && status < 400)
        return reached !== isOpen || (!isOpen && showsData(body))
      })
      assert.deepEqual(unexpected.map(describeVisit), [])
    },
    reachable,
  )

  for (const variant of variants) {
    const { name, path, headers } = variant
    const attempts = attemptsAt(variant)
    bypass.check(
      `${name}: ${attempts.length} requests`,
      async () => {
        const unexpected: string[] = []
        for (const { visitor, route } of attempts) {
          const answer = await clients[visitor].request(path(sampleOf(route)), { headers })
          const isOpen = answer.status < 300 && !answersAnything.has(name)
          if (isOpen || showsData(answer.body)) unexpected.push(describeVisit({ visitor, route, answer }))
        }
        assert.deepEqual(unexpected, [])
      },
      attempts.length,
    )
  }

  bypass.check('a WebSocket upgrade to another server’s address', async () => {
    const answer = await upgrade('http://169.254.169.254/latest/meta-data/')
    assert.doesNotMatch(answer, /^HTTP\/1\.1 (?:101|2)/)
  })

  test('with whom a subscriber corresponds is shown to that subscriber, and an agent with their consent', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const shown = visits.filter(({ answer }) => answer.body.includes('dear.friend'))
    const trace = sampleOf('/support/[customerId]/trace/[mailboxId]')
    assert.deepEqual(shown.map(({ visitor, route }) => `${visitor} ${sampleOf(route)}`).sort(), [
      `agent ${trace}`,
      'subscriber /api/sent',
      'subscriber /sent',
    ])
    await prisma().traceConsent.updateMany({ data: { expiresAt: new Date() } })
    assert.equal((await clients.agent.request(trace)).status, 404)
    assert.match((await clients.operator.request('/api/queue')).body, /d•••@elsewhere\.test/)
  })
})

/** Of the subscriber: an address, a credential's name, a policy's field, a correspondent's domain. */
function showsData(body: string): boolean {
  return /taro-[a-z0-9]{4}|hanako-[a-z0-9]{4}|maxRecipientsPerHour|T-taro|elsewhere\.test/.test(body)
}

/** What the portal answers to a request line that names a whole other address. */
async function upgrade(target: string): Promise<string> {
  const { WireClient } = await import('#tests/support/wire-client.ts')
  const wire = await WireClient.connect({ port: Number(new URL(portal.url).port) })
  const key = Buffer.alloc(16).toString('base64')
  wire.send(`GET ${target} HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`)
  wire.send(`Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`)
  const answer = await wire.until(/^[^\r\n]+\r\n/).catch(() => '')
  wire.close()
  return answer
}
