/** Announcements from draft to withdrawal, and whom they concern. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { HostUseModel } from '#lib/db/prisma.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { readXml } from '#tests/support/xml-tree.ts'

const database = await freshDatabase()
Object.assign(process.env, { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString('base64') })

const { acknowledgeAnnouncement, announcementsFor } = await import('#lib/announcements/announcements-for.ts')
const { atomFeed } = await import('#lib/announcements/atom-feed.ts')
const { countAudience } = await import('#lib/announcements/audience.ts')
const { calendar } = await import('#lib/announcements/calendar.ts')
const { findAnnouncement } = await import('#lib/announcements/list-announcements.ts')
const { publishAnnouncement } = await import('#lib/announcements/publish-announcement.ts')
const { findPublicAnnouncement, listPublicAnnouncements } = await import('#lib/announcements/public-announcements.ts')
const { saveAnnouncement } = await import('#lib/announcements/save-announcement.ts')
const { withdrawAnnouncement } = await import('#lib/announcements/withdraw-announcement.ts')
const { prisma } = await import('#lib/db/prisma.ts')
const { addOperator, addSubscriber } = await import('#tests/support/people.ts')
const { addDraft, addPublicAnnouncement } = await import('#tests/support/announcement.ts')

type Mailbox = Awaited<ReturnType<typeof addSubscriber>>
let operator: Awaited<ReturnType<typeof addOperator>>
let taro: Mailbox
let hanako: Mailbox

before(async () => {
  operator = await addOperator()
  taro = await addSubscriber('taro', true)
  hanako = await addSubscriber('hanako', false)
})

after(async () => {
  await prisma().$disconnect()
  await database.drop()
})

async function amend(id: string, note: string): Promise<void> {
  const { document, version } = await findAnnouncement(operator, id)
  await saveAnnouncement(operator, { id, basedOn: version, note, document })
}

/** What the engine notes of a login; each is later than the one before. */
function use({ id, credential }: Mailbox, change: Partial<HostUseModel>) {
  const at = new Date()
  return prisma().hostUse.create({
    data: {
      ...{ mailboxId: id, credentialId: credential.id, day: at, listener: 'pop3s', mechanism: 'USER/PASS', tls: true },
      ...{ isOldHost: false, count: 1, refusedCount: 0, firstAt: at, lastAt: at },
      ...change,
    },
  })
}

const idsFor = async ({ actor }: Mailbox) => (await announcementsFor(actor)).map(({ id }) => id)

describe('an announcement', () => {
  test('is nobody’s to read as a draft or before its time', async () => {
    const id = await addDraft()
    assert.equal(await findPublicAnnouncement(id), null)
    await publishAnnouncement(operator, { id, publishAt: new Date(Date.now() + 3_600_000) })
    assert.equal((await findAnnouncement(operator, id)).state, 'scheduled')
    assert.equal(await findPublicAnnouncement(id), null)
    await publishAnnouncement(operator, { id, publishAt: null })
    assert.equal((await findPublicAnnouncement(id))?.state, 'published')
  })

  test('shows what was amended since it came out, and not what was before', async () => {
    const id = await addDraft()
    await amend(id, 'still a draft')
    await publishAnnouncement(operator, { id, publishAt: null })
    await amend(id, 'an hour later')
    const notes = (await findPublicAnnouncement(id))?.amendments.map(({ version, note }) => [version, note])
    assert.deepEqual(notes, [[3, 'an hour later']])
  })

  test('of two operators who change it at once the second is told', async () => {
    const id = await addDraft()
    await amend(id, 'first')
    const { document } = await findAnnouncement(operator, id)
    await assert.rejects(saveAnnouncement(operator, { id, basedOn: 1, note: 'second', document }), { code: 'conflict' })
  })

  test('that was withdrawn leaves the lists and says why', async () => {
    const id = await addPublicAnnouncement()
    await withdrawAnnouncement(operator, { id, reason: 'postponed' })
    assert.equal(
      (await listPublicAnnouncements()).some((each) => each.id === id),
      false,
    )
    assert.equal((await findPublicAnnouncement(id))?.withdrawalReason, 'postponed')
    await assert.rejects(amend(id, 'too late'), { code: 'not_found' })
  })

  test('is written, published and withdrawn by operators only, and each act is on record', async () => {
    const id = await addDraft()
    const { document } = await findAnnouncement(operator, id)
    const input = { id, basedOn: 1, note: 'x', document }
    await assert.rejects(saveAnnouncement(taro.actor, input), { code: 'forbidden' })
    await assert.rejects(publishAnnouncement(taro.actor, { id, publishAt: null }), { code: 'forbidden' })
    await assert.rejects(withdrawAnnouncement(taro.actor, { id, reason: 'none of mine' }), { code: 'forbidden' })
    await publishAnnouncement(operator, { id, publishAt: null })
    await withdrawAnnouncement(operator, { id, reason: 'done' })
    const records = await prisma().auditRecord.findMany({
      where: { subject: `announcement:${id}` },
      orderBy: { id: 'asc' },
    })
    const actions = records.map(({ action }) => action)
    assert.deepEqual(actions, ['announcement.save', 'announcement.publish', 'announcement.withdraw'])
  })

  test('is on the home until it is acknowledged, and again when it was amended', async () => {
    const id = await addPublicAnnouncement()
    assert.ok((await idsFor(taro)).includes(id))
    await acknowledgeAnnouncement(taro.actor, { id, version: 1 })
    assert.equal((await idsFor(taro)).includes(id), false)
    assert.ok((await idsFor(hanako)).includes(id))
    await amend(id, 'half an hour longer')
    assert.ok((await idsFor(taro)).includes(id))
  })
})

describe('whom it concerns', () => {
  const seen = (what: object) =>
    prisma().protocolEvent.create({
      data: {
        at: new Date(),
        sessionId: crypto.randomUUID(),
        kind: 'login',
        listener: 'pop3',
        address: '192.0.2.7',
        detail: 'test',
        ...what,
      },
    })

  const cases = {
    usesApop: () => seen({ mailboxId: taro.id, mechanism: 'APOP' }),
    sendsByPopBeforeSmtp: () => seen({ mailboxId: taro.id, kind: 'accepted', listener: 'smtp' }),
    usesOldHost: () => seen({ mailboxId: null, kind: 'refusal', listener: 'mx', reason: 'relayDenied' }),
    usesUnsupportedClient: () =>
      prisma().credential.update({ where: { id: taro.credential.id }, data: { clientId: 'al-mail32-1-12' } }),
    noLoginOnNewHost: () => use(hanako, { isOldHost: false }),
  } as const

  for (const [audience, happen] of Object.entries(cases) as [keyof typeof cases, () => Promise<unknown>][]) {
    test(`${audience} is counted from what was seen`, async () => {
      const before = audience === 'noLoginOnNewHost' ? 2 : 0
      assert.equal(await countAudience(operator, { audience, domain: '' }), before)
      const id = await addPublicAnnouncement({ audience })
      await happen()
      assert.equal(await countAudience(operator, { audience, domain: '' }), 1)
      assert.ok((await idsFor(taro)).includes(id))
      assert.equal((await idsFor(hanako)).includes(id), false)
    })
  }

  test('it goes from the home when the engine has seen the thing done', async () => {
    const id = await addPublicAnnouncement({ audience: 'noLoginOnNewHost' })
    assert.ok((await idsFor(taro)).includes(id))
    await use(taro, { isOldHost: false })
    assert.equal((await idsFor(taro)).includes(id), false)
  })

  test('one that waits for the move goes at the first good login by the new name, and comes back with the old one', async () => {
    const id = await addPublicAnnouncement({ audience: 'all', doneWhen: 'moved' })
    await prisma().hostUse.deleteMany({ where: { mailboxId: taro.id } })
    const isShown = async () => (await idsFor(taro)).includes(id)
    await use(taro, { isOldHost: true })
    assert.ok(await isShown())
    await use(taro, { isOldHost: false, refusedCount: 1 })
    assert.ok(await isShown())
    await use(taro, { isOldHost: false, mechanism: 'PLAIN' })
    assert.equal(await isShown(), false)
    await use(taro, { isOldHost: true, mechanism: 'LOGIN' })
    assert.ok(await isShown())
  })

  test('who uses the old host is computed from what came last by each device', async () => {
    await prisma().hostUse.deleteMany({})
    await prisma().protocolEvent.deleteMany({})
    const count = () => countAudience(operator, { audience: 'usesOldHost', domain: '' })
    assert.equal(await count(), 0)
    await use(taro, { isOldHost: true })
    await use(hanako, { isOldHost: true })
    assert.equal(await count(), 2)
    await use(taro, { isOldHost: false })
    assert.equal(await count(), 1)
  })

  test('a domain is its mailboxes', async () => {
    assert.equal(await countAudience(operator, { audience: 'domain', domain: 'infonia.ne.jp' }), 2)
    assert.equal(await countAudience(operator, { audience: 'domain', domain: 'elsewhere.test' }), 0)
  })
})

describe('feeds', () => {
  test('the Atom feed has an entry for each, with the id that it keeps', async () => {
    const id = await addPublicAnnouncement()
    const feed = { language: 'ja', title: 'お知らせ', author: 'x & y', portalUrl: 'https://portal.test' } as const
    const text = atomFeed(await listPublicAnnouncements(), feed)
    assert.match(text, new RegExp(`<id>urn:uuid:${id}</id>`))
    assert.match(text, new RegExp(`href="https://portal.test/announcements/${id}"`))
    assert.match(text, /<name>x &amp; y<\/name>/)
    assert.ok(readXml(text))
  })

  test('the calendar names the period in UTC, in folded lines of 75 octets at most', async () => {
    const texts = calendar(await listPublicAnnouncements(), {
      language: 'ja',
      name: 'a,b',
      portalUrl: 'https://p.test',
    })
    assert.match(texts, /DTSTART:20021022T143000Z\r\nDTEND:20021022T180000Z\r\n/)
    assert.match(texts, /NAME:a\\,b\r\n/)
    assert.ok(texts.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
    assert.match(
      texts.replaceAll('\r\n ', ''),
      /SUMMARY:インフォニアメールサーバーの一時停止とメールサーバー名変更のご案内\r\n/,
    )
  })
})
