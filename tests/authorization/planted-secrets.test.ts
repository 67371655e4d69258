/**
 * Secrets of every kind, made and used as people make and use them, then looked for where a thief would look: in a dump
 * of the whole database, in what every process wrote, and in what the portal answers.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { offerChallengeLogins } from '#tests/support/challenge-logins.ts'
import { dumpDatabase } from '#tests/support/database-dump.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { matrix } from '#tests/support/matrix.ts'
import { signInStaff } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import type { Ground, Plant } from '#tests/support/plant-secrets.ts'
import { portalLog, startPortal, type TestPortal } from '#tests/support/portal.ts'
import { formsOf, SecretSearch } from '#tests/support/secret-search.ts'
import { type Answer, WebClient } from '#tests/support/web-client.ts'
import { routeAccess } from './access-table.ts'

const smartHostPassword = randomBytes(18).toString('base64url')

/** How many of each; a thousand in all. */
const kinds: Readonly<Record<string, number>> = {
  'keys of the site': 4,
  'password at the smart host': 1,
  'passwords of the portal': 80,
  'passwords of the portal, mistyped': 30,
  'mail passwords': 120,
  'mail passwords that are kept sealed': 90,
  'mail passwords that the page showed': 30,
  'mail passwords, mistyped': 112,
  'set-up codes': 90,
  'tokens of sessions': 80,
  'cookies of sessions': 33,
  'set-up links': 50,
  'private DKIM keys': 10,
  'keys of authenticator apps': 40,
  'recovery codes': 80,
  'secrets of webhooks': 40,
  'tokens of the API': 40,
  'master passwords of old systems': 48,
  'passwords of mailboxes of an old system': 11,
  'inherited passwords': 11,
}
const places = ['dump', 'logs', 'answers'] as const

const directory = mkdtempSync(join(tmpdir(), 'mail-secrets-'))
const search = new SecretSearch()
const planted = new Map<string, number>()
const searched = {} as Record<(typeof places)[number], { bytes: Buffer; found: ReadonlySet<string> }>

let engine: TestEngine
let portal: TestPortal

before(async () => {
  const engineLog = join(directory, 'engine.log')
  const hostedDomains = Array.from({ length: 4 }, (_, index) => `hosted${index}.test`).join(',')
  process.env.HOSTED_DOMAINS = hostedDomains
  const smartHost = { SMART_HOST: '127.0.0.1:9', SMART_HOST_USER: 'site', SMART_HOST_PASSWORD: smartHostPassword }
  engine = await startEngine({ logFile: engineLog, environment: smartHost, policy: offerChallengeLogins })
  const portalLogStart = statSync(portalLog, { throwIfNoEntry: false })?.size ?? 0
  const { DATABASE_URL = '', MASTER_KEY = '', DATA_DIR = '' } = process.env
  portal = await startPortal({ DATABASE_URL, MASTER_KEY, DATA_DIR })
  const { addSecretPeople } = await import('#tests/support/secret-people.ts')
  const answers: Buffer[] = []
  const ground: Ground = {
    people: await addSecretPeople(),
    ...{ portal, engine, masterKey: Buffer.from(MASTER_KEY, 'base64') },
    keep: (answer) => void answers.push(bytesOf(answer)),
  }
  for (const [kind, plant] of Object.entries(await plants())) await plantAll(kind, plant, ground)
  await crawl(ground)
  await engine.stopWorkers()
  look('dump', await dumpDatabase(engine.databaseUrl))
  look('logs', Buffer.concat([readFileSync(engineLog), readFileSync(portalLog).subarray(portalLogStart)]))
  look('answers', Buffer.concat(answers))
})

after(async () => {
  await portal.stop()
  await engine.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function plants(): Promise<Record<keyof typeof kinds, Plant>> {
  const plant = await import('#tests/support/plant-secrets.ts')
  const kept = await import('#tests/support/plant-kept-secrets.ts')
  const { mistypedMailPasswords } = await import('#tests/support/mistyped-mail-passwords.ts')
  return {
    'keys of the site': plant.siteKeys,
    'password at the smart host': sendThroughTheSmartHost,
    'passwords of the portal': plant.portalPasswords,
    'passwords of the portal, mistyped': plant.mistypedPortalPasswords,
    'mail passwords': plant.mailPasswords(false),
    'mail passwords that are kept sealed': plant.mailPasswords(true),
    'mail passwords that the page showed': plant.mailPasswordsOfThePage,
    'mail passwords, mistyped': mistypedMailPasswords,
    'set-up codes': plant.setUpCodes,
    'tokens of sessions': plant.sessionTokens,
    'cookies of sessions': plant.sessionCookies,
    'set-up links': plant.setUpLinks,
    'private DKIM keys': plant.dkimKeys,
    'keys of authenticator apps': kept.authenticatorApps,
    'recovery codes': kept.recoveryCodes,
    'secrets of webhooks': kept.webhookSecrets,
    'tokens of the API': kept.apiTokens,
    'master passwords of old systems': kept.masterPasswords,
    'passwords of mailboxes of an old system': kept.passwordsOfOldMailboxes,
    'inherited passwords': kept.inheritedPasswords,
  }
}

/** It cannot be reached, so that the queue and the log say as much about it as they ever do. */
const sendThroughTheSmartHost: Plant = async ({ people: { owners } }) => {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  const { eventually } = await import('#tests/support/eventually.ts')
  const [owner] = owners
  assert.ok(owner)
  await addQueuedMessage(owner, [{ address: 'friend@elsewhere.test' }])
  await prisma().$executeRaw`SELECT pg_notify('queue_changed', '')`
  await eventually(async () => assert.equal(await prisma().deliveryAttempt.count(), 1))
  return [[smartHostPassword]]
}

async function plantAll(kind: string, plant: Plant, ground: Ground): Promise<void> {
  const secrets = await plant(ground, kinds[kind] ?? 0)
  planted.set(kind, secrets.length)
  for (const [index, secret] of secrets.entries()) search.add(`${kind} ${index}`, secret)
}

/** Every page of everybody; a set-up code and a password are shown by actions only, once. */
async function crawl({ people, keep }: Ground): Promise<void> {
  const paths = Object.keys(routeAccess).filter((route) => !route.includes('['))
  for (const login of [people.owners[0]?.address ?? '', 'agent', 'operator']) {
    const client = new WebClient(portal.url)
    if (login.includes('@')) await client.signIn(login, portalPassword)
    else await signInStaff(client, login)
    for (const path of paths) keep(await client.request(path))
    for (const { actor } of people.owners) keep(await client.request(`/support/${actor.customerId}`))
    for (const { credential } of people.owners) keep(await client.request(`/credentials/${credential.id}`))
  }
}

function bytesOf({ headers, body }: Answer): Buffer {
  return Buffer.from(`${[...headers].filter(([name]) => name !== 'set-cookie').join('\n')}\n${body}\n`)
}

function look(place: (typeof places)[number], bytes: Buffer): void {
  searched[place] = { bytes, found: search.find(bytes) }
}

describe('the search itself', () => {
  const secret = 'k7mf-2hxq-あいう'
  const forms = formsOf(Buffer.from(secret))
  test(`finds each of ${forms.length} forms, at any offset`, () => {
    const one = new SecretSearch()
    one.add('it', [secret])
    for (const form of forms) {
      for (let offset = 0; offset < 5; offset += 1) {
        const haystack = Buffer.concat([Buffer.alloc(offset, 'x'), form, Buffer.from('and more')])
        assert.deepEqual([...one.find(haystack)], ['it'], form.toString())
      }
    }
    for (const around of ['', 'a', 'ab', 'abc']) {
      const text = Buffer.from(`${around}${secret}${around}`)
      for (const encoding of ['base64', 'base64url', 'hex', 'utf8'] as const) {
        assert.equal(one.find(Buffer.from(text.toString(encoding))).size, 1, `${around} ${encoding}`)
      }
    }
    assert.equal(one.find(Buffer.from('something else altogether')).size, 0)
  })

  test('looked where secrets would have been', () => {
    assert.ok(searched.dump.bytes.includes('owner3@infonia.ne.jp'), 'the dump')
    assert.ok(searched.answers.bytes.includes('owner0@infonia.ne.jp'), 'the pages')
    assert.ok(searched.logs.bytes.length > 0, 'the logs')
  })
})

describe('planted secrets', () => {
  const table = matrix('planted-secrets', 'Planted secrets found in a database dump, a log or a page: none')
  for (const [kind, count] of Object.entries(kinds)) {
    table.check(
      `${kind}: ${count} planted, none found`,
      async () => {
        assert.equal(planted.get(kind), count)
        for (const place of places) {
          const found = [...searched[place].found].filter((name) => name.replace(/ \d+$/, '') === kind)
          assert.deepEqual(found, [], place)
        }
      },
      count,
    )
  }
  test('are a thousand', () => {
    assert.equal(
      Object.values(kinds).reduce((sum, count) => sum + count, 0),
      1_000,
    )
  })
})
