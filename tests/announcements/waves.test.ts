/** Announcements by mail: each version to each mailbox once, in waves, at a rate. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type Database, openDatabase } from '#lib/db/database.ts'
import { createPutNotice } from '#lib/engine/delivery/put-notice.ts'
import { sendAnnouncementLetters } from '#lib/engine/notices/send-announcement-letters.ts'
import { freshDatabase } from '#tests/support/database.ts'

const fresh = await freshDatabase()
Object.assign(process.env, { DATABASE_URL: fresh.url, MASTER_KEY: randomBytes(32).toString('base64') })

const { siteEnv } = await import('#lib/env/site.ts')
const { findAnnouncement } = await import('#lib/announcements/list-announcements.ts')
const { listWaves } = await import('#lib/announcements/list-waves.ts')
const { pauseWave } = await import('#lib/announcements/pause-wave.ts')
const { planWave } = await import('#lib/announcements/plan-wave.ts')
const { saveAnnouncement } = await import('#lib/announcements/save-announcement.ts')
const { withdrawAnnouncement } = await import('#lib/announcements/withdraw-announcement.ts')
const { prisma } = await import('#lib/db/prisma.ts')
const { addOperator, addSubscriber } = await import('#tests/support/people.ts')
const { addDraft, addPublicAnnouncement } = await import('#tests/support/announcement.ts')

const PEOPLE = 6
let operator: Awaited<ReturnType<typeof addOperator>>
let people: Awaited<ReturnType<typeof addSubscriber>>[]
let database: Database

before(async () => {
  operator = await addOperator()
  people = []
  for (let number = 1; number <= PEOPLE; number += 1) people.push(await addSubscriber(`person${number}`, false))
  await prisma().portalAccount.update({ where: { login: people[1]?.address ?? '' }, data: { locale: 'en' } })
  database = openDatabase(fresh.url, 4)
})

beforeEach(() => prisma().message.deleteMany({}))

after(async () => {
  await database.close()
  await prisma().$disconnect()
  await fresh.drop()
})

const site = siteEnv()
const putNotice = createPutNotice(
  site.domain,
  () => new Date(),
  () => {},
)
const send = (change: object = {}) =>
  sendAnnouncementLetters({ database, putNotice, site, portalUrl: 'https://portal.test', ...change })
const letterCount = () => prisma().message.count()
const wave = (announcementId: string, change: object = {}) =>
  planWave(operator, { announcementId, size: 100, perMinute: 6_000, startsAt: null, ...change })
const wavesOf = async (id: string) => listWaves(operator, await findAnnouncement(operator, id))

/** As if a minute had gone by. */
const letTimePass = () => prisma().$executeRaw`UPDATE announcement_waves SET next_at = now() - interval '1 second'`

async function amend(id: string): Promise<void> {
  const { document, version } = await findAnnouncement(operator, id)
  await saveAnnouncement(operator, { id, basedOn: version, note: 'later', document })
}

describe('a wave', () => {
  test('is as large as was asked, and the next one begins where it ended', async () => {
    const id = await addPublicAnnouncement()
    assert.equal((await wavesOf(id)).remaining, PEOPLE)
    assert.deepEqual(await wave(id, { size: 2 }), { letters: 2 })
    assert.deepEqual(await wave(id, { size: 100 }), { letters: PEOPLE - 2 })
    await assert.rejects(wave(id), { code: 'conflict' })
    const { waves, remaining } = await wavesOf(id)
    assert.equal(remaining, 0)
    assert.deepEqual(
      waves.map(({ number, size, sent, state }) => ({ number, size, sent, state })),
      [
        { number: 1, size: 2, sent: 0, state: 'sending' },
        { number: 2, size: 4, sent: 0, state: 'sending' },
      ],
    )
    await send()
    assert.equal(await letterCount(), PEOPLE)
    assert.deepEqual(
      (await wavesOf(id)).waves.map(({ state }) => state),
      ['sent', 'sent'],
    )
    await letTimePass()
    await send()
    assert.equal(await letterCount(), PEOPLE)
  })

  test('of two operators at once enlists nobody twice', async () => {
    const id = await addPublicAnnouncement()
    const results = await Promise.allSettled([wave(id, { size: 4 }), wave(id, { size: 4 })])
    const letters = results.map((result) => (result.status === 'fulfilled' ? result.value.letters : 0))
    assert.deepEqual(letters.toSorted(), [2, 4])
    await Promise.all([send(), send(), send()])
    assert.equal(await letterCount(), PEOPLE)
  })

  test('keeps to its rate', async () => {
    const id = await addPublicAnnouncement()
    await wave(id, { perMinute: 24 })
    await send()
    assert.equal(await letterCount(), 2, 'five seconds’ worth, and no more before they have gone by')
    await send()
    assert.equal(await letterCount(), 2)
    await letTimePass()
    await send()
    assert.equal(await letterCount(), 4)
  })

  test('that begins later waits, and one that is paused goes on from where it was', async () => {
    const id = await addPublicAnnouncement()
    await wave(id, { size: 2, startsAt: new Date(Date.now() + 3_600_000) })
    await wave(id, { perMinute: 24 })
    await send()
    assert.equal(await letterCount(), 2)
    const [first, second] = (await wavesOf(id)).waves
    assert.equal(first?.state, 'scheduled')
    await pauseWave(operator, { waveId: second?.id ?? '', isPaused: true })
    await prisma().announcementWave.update({ where: { id: second?.id ?? '' }, data: { nextAt: new Date(0) } })
    await send()
    assert.equal(await letterCount(), 2)
    assert.equal((await wavesOf(id)).waves[1]?.state, 'paused')
    await pauseWave(operator, { waveId: second?.id ?? '', isPaused: false })
    await send()
    assert.equal(await letterCount(), 4)
  })

  test('is not lost and not sent twice when a worker dies in the middle', async () => {
    const id = await addPublicAnnouncement()
    await wave(id)
    let count = 0
    const dying: typeof putNotice = (transaction, letter) => {
      count += 1
      if (count === 4) throw new Error('killed')
      return putNotice(transaction, letter)
    }
    await assert.rejects(send({ putNotice: dying }), /killed/)
    assert.equal(await letterCount(), 0)
    await send()
    assert.equal(await letterCount(), PEOPLE)
  })

  test('ends with an amendment, which has waves of its own, and with a withdrawal', async () => {
    const id = await addPublicAnnouncement()
    await wave(id, { size: 2 })
    await amend(id)
    await send()
    assert.equal(await letterCount(), 0)
    const { waves, remaining } = await wavesOf(id)
    assert.deepEqual([waves[0]?.state, remaining], ['superseded', PEOPLE])
    await wave(id)
    await withdrawAnnouncement(operator, { id, reason: 'not needed' })
    await send()
    assert.equal(await letterCount(), 0)
    await assert.rejects(wave(id), { code: 'conflict' })
  })

  test('takes an announcement that is public, and an operator', async () => {
    await assert.rejects(wave(await addDraft()), { code: 'conflict' })
    const id = await addPublicAnnouncement()
    const taro = people[0]?.actor ?? assert.fail()
    const input = { announcementId: id, size: 1, perMinute: 1, startsAt: null }
    await assert.rejects(planWave(taro, input), { code: 'forbidden' })
    await assert.rejects(pauseWave(taro, { waveId: crypto.randomUUID(), isPaused: true }), { code: 'forbidden' })
  })
})

describe('the letter', () => {
  test('says all of the notice in both languages, the reader’s first', async () => {
    const id = await addPublicAnnouncement()
    await wave(id)
    await send()
    const textOf = async (mailboxId: number | undefined) => {
      const { content } = await prisma().body.findFirstOrThrow({
        where: { mailboxId: mailboxId ?? 0 },
        orderBy: { id: 'desc' },
      })
      const text = Buffer.from(content).toString()
      return { head: text, body: Buffer.from(text.slice(text.indexOf('\r\n\r\n')), 'base64').toString() }
    }
    const japanese = await textOf(people[0]?.id)
    const english = await textOf(people[1]?.id)
    for (const part of [
      '2002-10-22 23:30 - 2002-10-23 03:00',
      'mx.infonia.ne.jp -> smtpa.infonia.ne.jp (SMTP AUTH)',
      `https://portal.test/announcements/${id}`,
      `https://portal.test/en/announcements/${id}`,
      'POP before SMTP',
      '相手先の SMTP サーバーに蓄積され',
    ]) {
      assert.ok(japanese.body.includes(part), part)
      assert.ok(english.body.includes(part), part)
    }
    assert.ok(japanese.body.indexOf('◆ サーバー名の変更') < japanese.body.indexOf('◆ Changed server names'))
    assert.ok(english.body.indexOf('◆ Changed server names') < english.body.indexOf('◆ サーバー名の変更'))
    assert.match(japanese.head, /^Auto-Submitted: auto-generated\r$/m)
  })
})
